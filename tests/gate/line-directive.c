/* refused 2:#line */
#line 100 "drive.c"
int f(void) { return 1; }
