/* refused 4:mprotect */
#include <sys/mman.h>

void f(void *p) { mprotect(p, 4096, PROT_READ); }
