// C11 <threads.h>: other names for the same threads, mutexes, conditions and keys, as in glibc, where a
// mtx_t is a pthread_mutex_t; with results of its own (C11 7.26).
#include "arena.h"
#include "condition.h"
#include "keys.h"
#include "model.h"
#include "mutex.h"
#include "once.h"
#include "threads.h"

#include <errno.h>
#include <threads.h>

static int result_of(int error) {
    return error == 0           ? thrd_success
           : error == EBUSY     ? thrd_busy
           : error == ETIMEDOUT ? thrd_timedout
           : error == ENOMEM    ? thrd_nomem
                                : thrd_error;
}

// Threads

struct beginning {
    thrd_start_t function;
    void *argument;
};

static void *begin(void *beginning) {
    const struct beginning *its = beginning;
    return (void *)(intptr_t)its->function(its->argument);
}

WRAP(int, thrd_create, thrd_t *thread, thrd_start_t function, void *argument) {
    if (!MODELLED)
        return thrd_create(thread, function, argument);
    struct beginning *beginning = arena_take(sizeof *beginning);
    *beginning = (struct beginning){function, argument};
    return result_of(threads_create(thread, NULL, begin, beginning, PLACE_HERE));
}

WRAP(int, thrd_join, thrd_t thread, int *result) {
    void *returned = NULL;
    if (!MODELLED)
        return thrd_join(thread, result);
    int error = threads_join(thread, &returned, 0, PLACE_HERE);
    if (error == 0 && result)
        *result = (int)(intptr_t)returned;
    return result_of(error);
}

WRAP(int, thrd_detach, thrd_t thread) {
    return MODELLED ? result_of(threads_detach(thread, PLACE_HERE)) : thrd_detach(thread);
}

_Noreturn void __wrap_thrd_exit(int result);
_Noreturn void __wrap_thrd_exit(int result) {
    if (MODELLED)
        threads_exit((void *)(intptr_t)result);
    thrd_exit(result);
}

WRAP(int, thrd_sleep, const struct timespec *time, struct timespec *left) {
    if (!MODELLED || !model_is_deadline(CLOCK_REALTIME, time) || time->tv_sec < 0)
        return thrd_sleep(time, left);
    model_sleep((uint64_t)time->tv_sec * 1000000000 + (uint64_t)time->tv_nsec, PLACE_HERE);
    return 0;
}

WRAP(void, thrd_yield, void) {
    if (MODELLED)
        model_yield(PLACE_HERE);
    else
        thrd_yield();
}

WRAP(void, call_once, once_flag *flag, void (*routine)(void)) {
    if (MODELLED)
        once_run((pthread_once_t *)flag, routine, PLACE_HERE);
    else
        call_once(flag, routine);
}

// Mutexes

WRAP(int, mtx_init, mtx_t *mutex, int type) {
    int result = mtx_init(mutex, type);
    if (MODELLED && result == thrd_success)
        mutex_initialised((pthread_mutex_t *)mutex, PLACE_HERE);
    return result;
}

WRAP(void, mtx_destroy, mtx_t *mutex) {
    if (MODELLED)
        mutex_destroy((pthread_mutex_t *)mutex, PLACE_HERE);
    else
        mtx_destroy(mutex);
}

WRAP(int, mtx_lock, mtx_t *mutex) {
    return MODELLED ? result_of(mutex_lock((pthread_mutex_t *)mutex, 0, PLACE_HERE))
                    : mtx_lock(mutex);
}

WRAP(int, mtx_trylock, mtx_t *mutex) {
    return MODELLED ? result_of(mutex_trylock((pthread_mutex_t *)mutex, PLACE_HERE))
                    : mtx_trylock(mutex);
}

WRAP(int, mtx_timedlock, mtx_t *mutex, const struct timespec *time) {
    return MODELLED ? result_of(mutex_timedlock((pthread_mutex_t *)mutex, CLOCK_REALTIME, time,
                                                PLACE_HERE))
                    : mtx_timedlock(mutex, time);
}

WRAP(int, mtx_unlock, mtx_t *mutex) {
    return MODELLED ? result_of(mutex_unlock((pthread_mutex_t *)mutex, PLACE_HERE))
                    : mtx_unlock(mutex);
}

// Conditions

WRAP(int, cnd_init, cnd_t *condition) {
    int result = cnd_init(condition);
    if (MODELLED && result == thrd_success)
        condition_initialised((pthread_cond_t *)condition, PLACE_HERE);
    return result;
}

WRAP(void, cnd_destroy, cnd_t *condition) {
    if (MODELLED)
        condition_destroy((pthread_cond_t *)condition, PLACE_HERE);
    else
        cnd_destroy(condition);
}

WRAP(int, cnd_wait, cnd_t *condition, mtx_t *mutex) {
    return MODELLED ? result_of(condition_wait((pthread_cond_t *)condition,
                                               (pthread_mutex_t *)mutex, 0, PLACE_HERE))
                    : cnd_wait(condition, mutex);
}

WRAP(int, cnd_timedwait, cnd_t *condition, mtx_t *mutex, const struct timespec *time) {
    return MODELLED ? result_of(condition_timedwait((pthread_cond_t *)condition,
                                                    (pthread_mutex_t *)mutex, time, PLACE_HERE))
                    : cnd_timedwait(condition, mutex, time);
}

WRAP(int, cnd_signal, cnd_t *condition) {
    return MODELLED ? result_of(condition_signal((pthread_cond_t *)condition, PLACE_HERE))
                    : cnd_signal(condition);
}

WRAP(int, cnd_broadcast, cnd_t *condition) {
    return MODELLED ? result_of(condition_broadcast((pthread_cond_t *)condition, PLACE_HERE))
                    : cnd_broadcast(condition);
}

// Thread-specific storage

WRAP(int, tss_create, tss_t *key, tss_dtor_t destructor) {
    return MODELLED ? result_of(keys_create(key, destructor)) : tss_create(key, destructor);
}

WRAP(void, tss_delete, tss_t key) {
    keys_delete(key);
}

WRAP(void *, tss_get, tss_t key) {
    return keys_get(key);
}

WRAP(int, tss_set, tss_t key, void *value) {
    return result_of(keys_set(key, value));
}
