/* refused 3:#line */
#define N 300
#line N
int f(void) { return 1; }
