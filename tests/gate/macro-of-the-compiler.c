/* refused 2:__extension__ */
#define __extension__ __attribute__((weak))
#include <stdlib.h>
