/* refused 3:freopen */
#include <stdio.h>
void f(void) { freopen("x", "w", stdout); }
