// The scheduler. It knows threads, what they are about to do, and whether they can; of locks and
// conditions it knows nothing. One schedule is one process.
//
// A thread announces its next operation and parks; whoever runs chooses who goes on (Musuvathi et al.,
// CHESS, OSDI 2008). Nobody holds anything real while parked that another thread could need.
#ifndef INTERLEAVE_SCHEDULE_H
#define INTERLEAVE_SCHEDULE_H

#include "set.h"
#include "thread.h"

// What can be chosen now.
struct choices {
    struct set ready;       // can do their operation
    struct set timed;       // cannot, but may time out
    struct set wakeable;    // cannot, but may wake up without a cause
    unsigned spurious_left; // wake-ups without a cause
};
extern struct choices choices;

// Begins the schedule with the calling thread as main.
void schedule_begin(void);
bool schedule_runs(void);

// The calling thread is about to do this: returns when it may, and in which way.
enum way schedule_visit(const struct operation *operation);
// It has done something that needs no choice; for the trace and for the history.
void schedule_note(const struct operation *operation);
// For the trace: that the thread cannot do what it has announced.
void schedule_show_waiting(struct thread *thread);
// The operation it was let do turned out to change nothing (a try that failed): part of a spinning loop?
void schedule_idle(uint64_t value);
// The object's state has changed: those who stand at it are looked at again.
void schedule_changed(struct object *object);
// Another operation takes the place of the one that a parked thread has announced.
void schedule_replace(struct thread *thread, const struct operation *operation);
// A thread was created and may be chosen.
void schedule_admit(struct thread *thread);
// The calling thread ends; somebody else goes on. Returns; the caller must not touch shared state then.
void schedule_retire(void);

// Virtual time, in nanoseconds since the schedule began.
uint64_t schedule_now(void);
void schedule_pass(uint64_t nanoseconds);

#endif
