/* refused 2:__lsan_disable, 3:__lsan_disable */
void __lsan_disable(void);
void f(void) { __lsan_disable(); }
