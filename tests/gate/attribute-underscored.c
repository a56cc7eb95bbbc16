/* refused 2:no_sanitize_thread */
__attribute((__no_sanitize_thread__)) void quiet(int *p) { *p = 1; }
