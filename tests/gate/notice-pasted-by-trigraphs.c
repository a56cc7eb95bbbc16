/* refused 5:disguise */
#define J(a, b) a ??=??= b
#define K(x) J(__h, as_feature)(x)
#if K(J(__thread_sani, tizer__))
int f(void) { return 1; }
#else
int f(void) { return 2; }
#endif
