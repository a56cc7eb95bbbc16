// The witness's own side of the wrapped calls: `pc` is where the program called from, so that the C11
// calls (c11_threads.c) are recorded at the program's line and not at their own.
#ifndef INTERLEAVE_CALLS_H
#define INTERLEAVE_CALLS_H

#include <pthread.h>
#include <stdint.h>
#include <time.h>

#define CALLER ((uint64_t)(uintptr_t)__builtin_return_address(0))

int witness_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                   void *argument);
int witness_join(pthread_t thread, void **result, uint64_t pc);
int witness_mutex_lock(pthread_mutex_t *mutex, uint64_t pc);
int witness_mutex_trylock(pthread_mutex_t *mutex, uint64_t pc);
int witness_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *deadline, uint64_t pc);
int witness_mutex_unlock(pthread_mutex_t *mutex);
int witness_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, uint64_t pc);
int witness_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                           const struct timespec *deadline, uint64_t pc);

#endif
