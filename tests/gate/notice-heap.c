/* refused 4:malloc_usable_size */
#include <malloc.h>
#include <stdbool.h>
bool f(void *block) { return malloc_usable_size(block) == 24; }
