/* refused 6:disguise */
#define CAT(a, b) a##b
#define ASK(x) CAT(__has_, feature)(x)
#define S(x) CAT(x, _sanitizer)
int f(void) {
    return ASK(S(thread));
}
