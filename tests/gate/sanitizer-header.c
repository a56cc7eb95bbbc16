/* refused 2:sanitizer/tsan_interface.h, 3:__tsan_acquire */
#include <sanitizer/tsan_interface.h>
void f(int *p) { __tsan_acquire(p); }
