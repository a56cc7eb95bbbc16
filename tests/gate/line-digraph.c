/* refused 2:#line */
%:line 7
int f(void) { return 1; }
