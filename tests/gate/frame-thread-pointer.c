/* refused 4:__builtin_thread_pointer */
#define CAT(a, b) a##b
#define TP CAT(__builtin_thread, _pointer)
void *f(void) { return TP(); }
