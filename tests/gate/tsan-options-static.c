/* refused 2:__tsan_default_suppressions, 3:__tsan_default_suppressions */
static const char *__tsan_default_suppressions(void) { return "race:*"; }
const char *use(void) { return __tsan_default_suppressions(); }
