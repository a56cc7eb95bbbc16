/* refused 2:no_sanitize */
[[clang::no_sanitize("thread")]] void f(int *p) { *p = 1; }
