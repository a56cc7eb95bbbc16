// The threads of the program under test: real ones, of which one runs at a time.
#ifndef INTERLEAVE_THREAD_H
#define INTERLEAVE_THREAD_H

#include "channel.h"
#include "clock.h"
#include "object.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct pollfd;
struct thread;

// What a thread is about to do. `ready` says whether it can be done now; NULL: always.
struct operation {
    const char *name; // "locks", "unlocks" …, for the trace
    const char *wait; // what a thread is said to wait for when it cannot: "mutex", "condition" …
    struct object *object;
    bool (*ready)(const struct thread *thread);
    bool reads;    // leaves the object as it is
    bool yields;   // lets others go first
    bool busy;     // only a long run of accesses: not a sign of progress
    bool may_wake; // a condition: may return without a cause
    bool balanced; // undone by its counterpart: a loop of such changes nothing, as lock and unlock
    bool may_end;  // from outside the program, such as input on a descriptor
    uint64_t deadline; // virtual nanoseconds; 0: none
    bool sleeps;       // waits for nothing but the deadline
    uint64_t value;    // what it has seen, for recognising a loop that spins
    unsigned size;     // bytes, of an access
    uint32_t place;
    struct thread *target; // of a join
    struct object *beside; // of a wait: the condition's mutex
    struct pollfd *polled; // descriptors that it looks at, in the way of poll
    unsigned polled_count;
    int number;        // of the descriptor
    uintptr_t address; // of an access, whose object is all of the memory around it; 0: the object's
    void (*cancelled)(struct thread *thread); // at a cancellation point: stops its waiting
};

struct held {
    struct object *object;
    uint32_t place;
    bool shared; // for reading
};

enum { RECENT = 16 };

struct thread {
    unsigned number; // 0: main
    _Atomic uint32_t baton;
    uint32_t kernel_id;
    pthread_t handle;
    bool ended, joined, detached, leaving;
    struct clock clock;
    struct clock read, fenced;  // what relaxed loads have seen, and what a release fence published
    struct operation operation; // announced
    struct thread *pending_next, *pending_previous; // of operation.object
    struct thread *waiter_next, *waiter_previous;   // of a condition
    bool signalled;
    bool shown_waiting; // the trace says already that it must wait
    enum way way;       // in which it was let go on
    uint32_t steps;
    uint64_t history; // hash of what it has done and seen
    bool polls;       // a task
    struct held *held;
    size_t held_room, held_count;
    uint8_t lockset; // the number of what it holds (lockset.h), when that is known
    bool lockset_known;
    // For recognising a loop, see circles.h:
    bool idled;      // its last operation changed nothing
    bool wrote;      // to memory, since its last operation, or looked at the time
    uint64_t looked; // what its last idle operation saw
    uint64_t recent[RECENT], rough[RECENT]; // states and operations since it changed something
    unsigned recent_count, rough_count;
    unsigned circled;      // operations that went roughly in circles
    uint32_t created;      // place of its creation
    uintptr_t depth;       // how far its stack reaches while it is parked
    uintptr_t frames;      // how far its own functions' do, without this runtime's; 0: unknown
    uintptr_t top;         // where the program's part of its stack begins
    struct object *object; // which a joiner waits for
    void *(*function)(void *);
    void *argument;
    void *result;
    void **specific; // thread-specific data
    size_t specific_room;
    bool cancel_wanted, cancel_disabled;
    void (*interrupt)(uint32_t place); // what it does before each operation; NULL: nothing
    uint64_t plain;                    // accesses since its last operation
    // For the strategies:
    uint64_t priority;
    double weight;
    uint16_t profiled;   // its number in the profile
    uint16_t next_child; // of its children there, the one to be created next, or the last created
    // For accesses by address in the trace and the report:
    uint32_t call; // place of the innermost call that is being modelled
};

extern __thread struct thread *self; // NULL while no schedule runs

struct thread *thread_numbered(unsigned number);
unsigned thread_count(void); // ever created, main included
unsigned threads_alive(void);

// A new thread, not yet started; its clock begins with its creator's.
struct thread *thread_new(uint32_t place);
void thread_ended(struct thread *thread);

// The calling thread is this one from here on.
void thread_begin(struct thread *thread);

// Gives the processor to `next` and waits until it is given back.
void thread_switch(struct thread *next);
// Gives the processor away for good.
void thread_leave(struct thread *next);
// Waits to be run for the first time.
void thread_wait(void);

void thread_hold(struct object *object, uint32_t place, bool shared);
// Removes one; false when it holds none such.
bool thread_release(struct object *object);
const struct held *thread_holds(const struct thread *thread, const struct object *object);

#endif
