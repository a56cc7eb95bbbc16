/* refused 6:disguise */
#define CAT(a, b) a##b
#define ASK(x) CAT(__has_, feature)(x)
#define S(x) CAT(x, _sanitizer)
#if ASK(S(address))
int f(void) { return 1; }
#else
int f(void) { return 2; }
#endif
