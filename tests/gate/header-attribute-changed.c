/* refused 4:lock_acquire */
#define always_inline always_inline, no_sanitize("thread")
#include "thread_safety.h"
void f(struct lock *lock) { lock_acquire(lock); }
