/* refused 2:disable_sanitizer_instrumentation */
__attribute__((disable_sanitizer_instrumentation)) static void quiet(int *p) { *p = 1; }
void use(int *p) { quiet(p); }
