/* refused 2:nodebug */
__attribute__((nodebug)) void f(int *p) { *p = 1; }
