// C11 <threads.h> in terms of pthreads, as glibc itself implements it (its mtx_t, cnd_t, thrd_t and
// once_flag are the pthread types under other names). glibc's own versions call pthreads inside libc,
// where neither ThreadSanitizer nor Helgrind can see them: the first crashes, the second is blind.
#include "calls.h"

#include <errno.h>
#include <stdlib.h>
#include <threads.h>

_Static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t), "mtx_t is a pthread_mutex_t");
_Static_assert(sizeof(cnd_t) == sizeof(pthread_cond_t), "cnd_t is a pthread_cond_t");
_Static_assert(sizeof(thrd_t) == sizeof(pthread_t), "thrd_t is a pthread_t");

// Definitions for --wrap=name; a header with 17 prototypes would only repeat them.
#pragma GCC diagnostic ignored "-Wmissing-prototypes"

static int result_of(int status) {
    switch (status) {
    case 0:
        return thrd_success;
    case EBUSY:
        return thrd_busy;
    case ENOMEM:
        return thrd_nomem;
    case ETIMEDOUT:
        return thrd_timedout;
    default:
        return thrd_error;
    }
}

struct start {
    thrd_start_t function;
    void *argument;
};

static void *run(void *argument) {
    struct start start = *(struct start *)argument;
    free(argument);
    return (void *)(intptr_t)start.function(start.argument);
}

int __wrap_thrd_create(thrd_t *thread, thrd_start_t function, void *argument) {
    struct start *start = malloc(sizeof *start);
    if (!start)
        return thrd_nomem;
    *start = (struct start){function, argument};
    int status = witness_create(thread, NULL, run, start, CALLER);
    if (status != 0)
        free(start);
    return status == EAGAIN ? thrd_nomem : result_of(status);
}

int __wrap_thrd_join(thrd_t thread, int *result) {
    void *value = NULL;
    int status = witness_join(thread, &value, CALLER);
    if (status == 0 && result)
        *result = (int)(intptr_t)value;
    return result_of(status);
}

int __wrap_thrd_detach(thrd_t thread) {
    return result_of(pthread_detach(thread));
}

_Noreturn void __wrap_thrd_exit(int result) {
    pthread_exit((void *)(intptr_t)result);
}

int __wrap_mtx_init(mtx_t *mutex, int type) {
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, type & mtx_recursive ? PTHREAD_MUTEX_RECURSIVE
                                                                : PTHREAD_MUTEX_NORMAL);
    int status = pthread_mutex_init((pthread_mutex_t *)mutex, &attributes);
    pthread_mutexattr_destroy(&attributes);
    return result_of(status);
}

void __wrap_mtx_destroy(mtx_t *mutex) {
    ON_BEHALF(CALLER, pthread_mutex_destroy((pthread_mutex_t *)mutex));
}

int __wrap_mtx_lock(mtx_t *mutex) {
    return result_of(witness_mutex_lock((pthread_mutex_t *)mutex, CALLER));
}

int __wrap_mtx_trylock(mtx_t *mutex) {
    return result_of(witness_mutex_trylock((pthread_mutex_t *)mutex, CALLER));
}

int __wrap_mtx_timedlock(mtx_t *restrict mutex, const struct timespec *restrict deadline) {
    return result_of(witness_mutex_timedlock((pthread_mutex_t *)mutex, deadline, CALLER));
}

int __wrap_mtx_unlock(mtx_t *mutex) {
    return result_of(witness_mutex_unlock((pthread_mutex_t *)mutex, CALLER));
}

int __wrap_cnd_init(cnd_t *condition) {
    return result_of(pthread_cond_init((pthread_cond_t *)condition, NULL));
}

void __wrap_cnd_destroy(cnd_t *condition) {
    pthread_cond_destroy((pthread_cond_t *)condition);
}

int __wrap_cnd_wait(cnd_t *condition, mtx_t *mutex) {
    return result_of(
        witness_cond_wait((pthread_cond_t *)condition, (pthread_mutex_t *)mutex, CALLER));
}

int __wrap_cnd_timedwait(cnd_t *restrict condition, mtx_t *restrict mutex,
                         const struct timespec *restrict deadline) {
    return result_of(witness_cond_timedwait((pthread_cond_t *)condition, (pthread_mutex_t *)mutex,
                                            deadline, CALLER));
}

int __wrap_cnd_signal(cnd_t *condition) {
    return result_of(pthread_cond_signal((pthread_cond_t *)condition));
}

int __wrap_cnd_broadcast(cnd_t *condition) {
    return result_of(pthread_cond_broadcast((pthread_cond_t *)condition));
}

void __wrap_call_once(once_flag *flag, void (*function)(void)) {
    pthread_once((pthread_once_t *)flag, function);
}
