/* refused 2:__tsan_acquire, 3:__tsan_acquire */
void __tsan_acquire(void *);
void f(int *p) { __tsan_acquire(p); }
