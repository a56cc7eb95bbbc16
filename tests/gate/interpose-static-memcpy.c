/* refused 2:memcpy */
static void *memcpy(void *to, const void *from, unsigned long n) { (void)from, (void)n; return to; }
void *f(void *a) { return memcpy(a, a, 1); }
