/* refused 4:ifunc */
static int one(void) { return 1; }
static void *resolve(void) { return (void *)one; }
int chosen(void) __attribute__((ifunc("resolve")));
