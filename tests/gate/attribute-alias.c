/* refused 3:alias */
int a(void) { return 1; }
int b(void) __attribute__((alias("a")));
