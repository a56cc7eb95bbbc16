// What each thread did on each object in the first schedule, for the strategies that weigh threads by
// what they have left to do. Threads of two schedules correspond when they are the same child, in order
// of creation, of corresponding creators: their numbers may differ.
#ifndef INTERLEAVE_PROFILE_H
#define INTERLEAVE_PROFILE_H

#include "thread.h"

enum { UNPROFILED = 0xffff };

// In place of an object: all operations that may have to wait for one while their thread holds another.
#define PROFILE_NESTED 1

// Whether the thread's announced operation matters for the order at the object with that address: not
// when the thread holds it, since nobody else can come between then.
bool profile_matters(const struct thread *thread, uint64_t object);

// A thread was created by the calling one: records who is whose child, or finds out who it was.
void profile_created(struct thread *thread);
// The thread has been let do its announced operation; called in the first schedule only.
void profile_count(const struct thread *thread);

#endif
