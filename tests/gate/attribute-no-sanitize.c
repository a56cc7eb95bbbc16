/* refused 2:no_sanitize */
__attribute__((no_sanitize("thread"))) void quiet(int *p);
void quiet(int *p) { *p = 1; }
