// Mutexes, for the conditions and for <threads.h>. Each call says from which `place` of the program.
#ifndef INTERLEAVE_MUTEX_H
#define INTERLEAVE_MUTEX_H

#include "thread.h"

int mutex_lock(pthread_mutex_t *mutex, uint64_t deadline, uint32_t place);
int mutex_trylock(pthread_mutex_t *mutex, uint32_t place);
int mutex_timedlock(pthread_mutex_t *mutex, clockid_t clock, const struct timespec *time,
                    uint32_t place);
int mutex_unlock(pthread_mutex_t *mutex, uint32_t place);
void mutex_initialised(pthread_mutex_t *mutex, uint32_t place); // after the real call
int mutex_destroy(pthread_mutex_t *mutex, uint32_t place);

// The steps of a wait that gives the mutex up and takes it back.
struct object *mutex_of(pthread_mutex_t *mutex, uint32_t place);
bool mutex_is_mine(const struct object *object);
void mutex_let_go(struct object *object, pthread_mutex_t *mutex);
struct operation mutex_taking(struct object *object, uint32_t place);
void mutex_taken(struct object *object, pthread_mutex_t *mutex, uint32_t place);

#endif
