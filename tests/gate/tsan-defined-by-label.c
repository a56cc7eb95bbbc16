/* refused 2:asm, 3:__tsan_init */
void mine(void) __asm__("__tsan_init");
void mine(void) {}
