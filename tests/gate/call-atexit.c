/* refused 4:atexit */
#include <stdlib.h>
static void last(void) {}
void f(void) { atexit(last); }
