// Whether Helgrind lives: two writes that nothing orders must be one more error. They are told from the
// program's own by the names of these functions (engines/helgrind.c).
#include "canary.h"

#include <pthread.h>
#include <valgrind/valgrind.h>

int __real_pthread_create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
int __real_pthread_join(pthread_t, void **);

static volatile int canary;

static void *interleave_canary_flies(void *unused) {
    canary = 1;
    return unused;
}

static __attribute__((noinline)) void interleave_canary(void) {
    pthread_t thread;
    if (__real_pthread_create(&thread, NULL, interleave_canary_flies, NULL) != 0)
        return;
    canary = 2;
    __real_pthread_join(thread, NULL);
}

bool canary_sings(void) {
    if (!RUNNING_ON_VALGRIND)
        return true;
    unsigned long before = VALGRIND_COUNT_ERRORS;
    interleave_canary();
    return VALGRIND_COUNT_ERRORS > before;
}
