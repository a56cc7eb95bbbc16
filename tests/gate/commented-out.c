/* passes */
#if 0
__attribute__((no_sanitize("thread"))) void never(void) { __asm__("nop"); }
#pragma weak never
#endif
/* __asm__("nop"); #line 3  __tsan_init */
// fork() in a comment
static const char *text = "a # 12 in a string, asm and fork too: __attribute__((naked)) #pragma weak x";
const char *get(void) { return text; }
