/* refused 3:malloc, 4:free */
#include <stddef.h>
void *malloc(size_t n) { static char all[1 << 20]; static size_t at; at += n; return all + at - n; }
void free(void *p) { (void)p; }
