// Threads, for <threads.h>, for cancellation and for the ends of the program.
#ifndef INTERLEAVE_THREADS_H
#define INTERLEAVE_THREADS_H

#include "thread.h"

// 0 or an error; each says from which `place` of the program.
int threads_create(pthread_t *handle, const pthread_attr_t *attributes, void *(*function)(void *),
                   void *argument, uint32_t place);
int threads_join(pthread_t handle, void **result, uint64_t deadline, uint32_t place);
int threads_detach(pthread_t handle, uint32_t place);

// The calling thread ends, by its own wish or by another's.
_Noreturn void threads_exit(void *result);

// NULL: none such, or not one that the schedule knows.
struct thread *threads_find(pthread_t handle);

// Ends the calling thread for the schedule; for pthread_cleanup_push.
void threads_end(void *unused);

// Where a thread was created before main; 0: none was. No schedule has it.
extern uint32_t threads_early;

#endif
