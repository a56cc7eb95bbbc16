/* refused 3:cast */
#include <stdint.h>
void f(void) { ((void (*)(void))((uintptr_t)&f + 16))(); }
