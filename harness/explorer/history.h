// Whether two beginnings of a schedule come to the same: each operation's hash is made of its thread's
// and its object's history, so that operations that do not touch each other may change places without
// changing the sum (a hash of the Mazurkiewicz trace; Musuvathi and Qadeer, PLDI 2007, use the same to
// recognise states).
//
// Why it is sound to stop where an equal beginning was met. Equal sums mean equal threads: what a thread
// does next depends on its own history, on the objects that it has met, in the order of their changes,
// and on memory, which only these order (a race is a fault, and ends the search). So everything that one
// thread can learn from another must be an operation on an object that both share, or be told by
// history_saw: the time, a thread's place in the tree of creations (its number would not do: it depends
// on who came first), a mutex that a wait gives up. What is left of a schedule besides the threads is in
// the question as well: who runs now, who is put aside for spinning, the wake-ups and the preemptions
// left, the clock, and how late a wait may time out. Whoever met the beginning first, with as many
// preemptions left, has listed all that can follow, or has in turn been stopped where somebody else does;
// beginnings only grow, so that this ends.
//
// A step is recognised as well before anybody takes it: what it leads to follows from where it begins,
// who takes it, and which operation that is. A step that leads to the same as one before, which was taken
// or listed to be taken with as many preemptions left, need not be listed: where the first one leads,
// the search goes on. So equal beginnings cost no process, if they end with the same thread's step.
//
// Not covered: what depends on addresses that malloc chose, or
// on a key's number.
#ifndef INTERLEAVE_HISTORY_H
#define INTERLEAVE_HISTORY_H

#include "thread.h"

static inline uint64_t history_mix(uint64_t a, uint64_t b) {
    uint64_t hash = (a ^ (b + 0x9E3779B97F4A7C15ULL + (a << 6) + (a >> 2))) * 0xBF58476D1CE4E5B9ULL;
    return hash ^ hash >> 31;
}

void history_add(struct thread *thread, const struct operation *operation, enum way way);
// The thread has learned what lies in no object, such as the time.
void history_saw(struct thread *thread, uint64_t value);
// The hash of all that has happened so far, in whichever of the equivalent orders.
uint64_t history_now(void);
// The same for when the thread will have done the operation that it has announced, and who that was.
uint64_t history_after(const struct thread *thread, enum way way);

// Remembers that a beginning was met with so many preemptions left. True when it had been met before
// with as many: everything that can follow is tried there. The table is shared by all schedules of one
// bound and forgets when it is full, which costs time but misses nothing.
bool history_met(uint64_t beginning, unsigned left);
int history_open(void);   // before the first schedule; 0 or an errno
void history_clear(void); // before the next bound

#endif
