/* refused 2:#line */
# 100 "/usr/include/stdio.h" 3
__attribute__((no_sanitize("thread"))) void f(int *p) { *p = 1; }
