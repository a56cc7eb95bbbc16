/* refused 2:weakref */
static int there(void) __attribute__((weakref("target")));
int use(void) { return there ? there() : 0; }
