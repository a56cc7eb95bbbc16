/* refused 2:thread_sanitizer, 3:disguise */
#if __has_feature(thread_sanitizer)
int f(void) { return 1; }
#else
int f(void) { return 2; }
#endif
