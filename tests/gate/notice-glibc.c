/* refused 4:disguise */
#include <stdlib.h>
#if __glibc_has_extension(__thread_sanitizer__)
int f(void) { return 1; }
#else
int f(void) { return 2; }
#endif
