/* refused 3:__libc_malloc */
void *__libc_malloc(unsigned long);
void *f(void) { return __libc_malloc(8); }
