// What each thread did on each object in the first schedule, for the strategies that weigh threads by
// what they have left to do. Threads of two schedules correspond when they are the same child, in order
// of creation, of corresponding creators: their numbers may differ.
#ifndef INTERLEAVE_PROFILE_H
#define INTERLEAVE_PROFILE_H

#include "thread.h"

enum { UNPROFILED = 0xffff };

// Whether the thread's announced operation matters for the order at its object: not when it already
// holds the object, since nobody else can come between then.
bool profile_matters(const struct thread *thread);

// A thread was created by the calling one: records who is whose child, or finds out who it was.
void profile_created(struct thread *thread);
// The thread has been let do its announced operation; called in the first schedule only.
void profile_count(const struct thread *thread);

#endif
