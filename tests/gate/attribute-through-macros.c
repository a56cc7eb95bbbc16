/* refused 6:no_sanitize */
#define A B
#define B C
#define C __attribute__((no_sanitize("thread")))

A void f(int *p) { *p = 1; }
