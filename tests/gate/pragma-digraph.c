/* refused 2:#pragma weak */
%:pragma weak f
void f(int *p) { *p = 1; }
