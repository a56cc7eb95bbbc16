// Condition variables, for <threads.h> too. Each call says from which `place` of the program.
#ifndef INTERLEAVE_CONDITION_H
#define INTERLEAVE_CONDITION_H

#include <pthread.h>
#include <stdint.h>

int condition_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, uint64_t deadline,
                   uint32_t place);
int condition_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                        const struct timespec *time, uint32_t place);
int condition_signal(pthread_cond_t *condition, uint32_t place);
int condition_broadcast(pthread_cond_t *condition, uint32_t place);
void condition_initialised(pthread_cond_t *condition, uint32_t place); // after the real call
int condition_destroy(pthread_cond_t *condition, uint32_t place);

#endif
