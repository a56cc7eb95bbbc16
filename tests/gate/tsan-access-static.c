/* refused 3:__tsan, 3:__tsan_write4, 4:__tsan, 4:__tsan_write4 */
#define HOOK(a, b) a##b
static void HOOK(__tsan, _write4)(void *p) { (void)p; }
void f(void) { HOOK(__tsan, _write4)(0); }
