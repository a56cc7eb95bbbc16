/* refused 2:asm, 3:__tsan_release */
void mine(void *) __asm__("__tsan_release");
void f(int *p) { mine(p); }
