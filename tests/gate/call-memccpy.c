/* refused 3:memccpy */
#include <string.h>
void f(char *to, const char *from) { memccpy(to, from, 0, 8); }
