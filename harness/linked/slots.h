// The slot of each thread in the witness file: what it waits for and what it holds. A NULL slot, of a
// thread that is not recorded, is allowed everywhere.
#ifndef INTERLEAVE_SLOTS_H
#define INTERLEAVE_SLOTS_H

#include "witness.h"

#include <stdbool.h>

// The slot of this thread, NULL when nothing is recorded.
struct witness_thread *slot_mine(void);
// A free slot, for a thread that is about to be created; NULL when there is none.
struct witness_thread *slot_claim(void);
// Of the ceiling for threads: one more is about to be created (ends the program when that is one too
// many); it could not be; it has begun.
void slot_creates(const struct witness_thread *creator, uint64_t pc);
void slot_created_none(void);
void slot_lives(void);
// This thread lives in that slot from now on.
void slot_enter(struct witness_thread *slot);
// The next number in the global count of events.
uint64_t slot_event(void);

// Whether this process was forked off by the program.
bool witness_is_forked(void);

void slot_wait_begins(struct witness_thread *thread, enum witness_wait wait,
                      const volatile void *object, uint64_t pc);
void slot_wait_ends(struct witness_thread *thread);
// A wait that ends by itself, such as a sleep.
void slot_sleeps(struct witness_thread *thread, uint64_t pc);
// A blocking request for a lock: an edge of the lock-order graph for each lock already held.
void slot_asks(struct witness_thread *thread, enum witness_wait wait, const volatile void *lock,
               uint64_t pc);
void slot_took(struct witness_thread *thread, const volatile void *lock, uint64_t pc, bool shared);
void slot_gave(struct witness_thread *thread, const volatile void *lock);
// The start routine has returned: notes a mutex that the thread still owns.
void slot_ends(struct witness_thread *thread);

#endif
