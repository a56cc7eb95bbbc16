/* refused 2:cast */
void f(long n) { void (*there)(void) = n; there(); }
