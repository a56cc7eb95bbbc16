/* refused 2:__nothrow__ */
#define __nothrow__ weak, __nothrow__
#include <string.h>
unsigned long f(const char *s) { return strlen(s); }
