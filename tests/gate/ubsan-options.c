/* refused 2:__ubsan_default_options */
const char *__ubsan_default_options(void) { return "silence_unsigned_overflow=1"; }
