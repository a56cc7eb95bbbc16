/* refused 3:getenv */
#include <stdlib.h>
const char *f(void) { return getenv("HOME"); }
