/* refused 2:__helper */
static int __helper(void) { return 1; }
int f(void) { return __helper(); }
