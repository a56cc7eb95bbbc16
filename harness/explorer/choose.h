// Who goes on. The scheduler asks; a strategy picks one of those that can, and what is unlikely (a time-out
// though others can run, a wake-up without a cause) has its place here too.
#ifndef INTERLEAVE_CHOOSE_H
#define INTERLEAVE_CHOOSE_H

#include "schedule.h"

struct choice {
    struct thread *thread;
    enum way way;
    bool counts;   // as a preemption
    bool preempts; // who has run until now could go on
};

// Chooses among `choices` and enters the choice into the outcome; `current` has run until now. Ends the
// schedule when nobody can ever go on.
struct choice choose(struct thread *current);

// Those who can go on at the choice that is being made, and whether that one can in that way.
const struct set *choose_candidates(void);
bool choose_can(unsigned number, enum way way);

// The thread only looks, over and over: it is put aside until the object that it looks at changes. `wide`:
// until any object does. `guessed`: it may be doing something useful after all.
void choose_rest(unsigned number, bool wide, bool guessed);
// It may look again.
void choose_stir(unsigned number);
// So may those that look at more than one object.
void choose_stir_wide(void);
// Somebody has done more than look.
void choose_progressed(void);

// A thread may time out at that time.
void choose_deadline(uint64_t deadline);
// The clock has moved.
void choose_time_passed(void);

#endif
