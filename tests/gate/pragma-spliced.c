/* refused 3:#pragma weak */
#pra\
gma weak f
void f(int *p) { *p = 1; }
