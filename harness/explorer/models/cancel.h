// What the models of calls that are cancellation points need (POSIX 2.9.5).
#ifndef INTERLEAVE_CANCEL_H
#define INTERLEAVE_CANCEL_H

#include "schedule.h"

// As schedule_visit, for a call that is a cancellation point and has changed nothing yet. A cancellation
// makes a waiting thread ready; then, or when there was one before, this does not return: the thread runs
// its cleanup handlers and ends.
enum way cancel_visit(const struct operation *operation);

// The calling thread's cancellation is wanted, and enabled.
bool cancel_is_due(void);
// Acts on it if so: then it does not return. For a call that cannot use cancel_visit.
void cancel_point(uint32_t place);

// For operation.cancelled: the thread need not wait any more.
void cancel_wake(struct thread *thread);

#endif
