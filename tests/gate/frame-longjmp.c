/* refused 3:__builtin_longjmp */
static void *buffer[5];
void f(void) { __builtin_longjmp(buffer, 1); }
