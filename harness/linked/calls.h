// The witness's own side of the wrapped calls: `pc` is where the program called from, so that the C11
// calls (c11_threads.c) are recorded at the program's line and not at their own.
#ifndef INTERLEAVE_CALLS_H
#define INTERLEAVE_CALLS_H

#include <pthread.h>
#include <stdint.h>
#include <time.h>

// ThreadSanitizer takes stacks from calls that instrumented code announces. The wrappers are not
// instrumented, so they announce the program's line themselves: without this a report would name the
// caller of the function that called free or unlock.
void __tsan_func_entry(void *pc) __attribute__((weak));
void __tsan_func_exit(void) __attribute__((weak));

static inline void called_from(uint64_t pc) {
    if (__tsan_func_entry)
        __tsan_func_entry((void *)(uintptr_t)pc);
}

static inline void returned(void) {
    if (__tsan_func_exit)
        __tsan_func_exit();
}

// The value of `call`, made on behalf of the program's line at `pc`.
#define ON_BEHALF(pc, call) \
    ({ \
        called_from(pc); \
        __auto_type result_of_call = (call); \
        returned(); \
        result_of_call; \
    })

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0))

int witness_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                   void *argument, uint64_t pc);
int witness_join(pthread_t thread, void **result, uint64_t pc);
int witness_mutex_lock(pthread_mutex_t *mutex, uint64_t pc);
int witness_mutex_trylock(pthread_mutex_t *mutex, uint64_t pc);
int witness_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *deadline, uint64_t pc);
int witness_mutex_unlock(pthread_mutex_t *mutex, uint64_t pc);
int witness_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, uint64_t pc);
int witness_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                           const struct timespec *deadline, uint64_t pc);

#endif
