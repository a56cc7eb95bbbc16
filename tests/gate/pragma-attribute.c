/* refused 2:#pragma clang attribute, 4:#pragma clang attribute */
#pragma clang attribute push(__attribute__((no_sanitize("thread"))), apply_to = function)
void f(int *p) { *p = 1; }
#pragma clang attribute pop
