// Who waits for whom. From two looks at a process tree, and the witness file where there is one, finds
// a cycle of waits (nobody in it can ever go on, whoever else runs), or that everybody sleeps.
#ifndef INTERLEAVE_WAITS_H
#define INTERLEAVE_WAITS_H

#include "linked/witness.h"
#include "tasks.h"

enum hang {
    HANG_NONE,
    HANG_CYCLE,       // deadlock
    HANG_SELF,        // double-lock
    HANG_ORPHAN,      // waits for a lock whose holder has ended
    HANG_ACROSS_WAIT, // all asleep; the holder of a wanted lock waits for something else than a lock
    HANG_ALL_ASLEEP,  // stuck-wait
};

// One thread that waits, and for what.
struct wait {
    pid_t pid, tid;
    enum witness_wait kind; // WAITS_NOT: a wait that is not a call the witness knows
    uint64_t object;
    uint64_t pc;       // where the program asked, 0: not known
    uint32_t sequence; // of the thread's waits: an equal number is the same wait; 0: not known
    pid_t holder;      // of a lock, or the joined thread; 0: not known or nobody
    bool holder_ended; // the holder no longer runs
};

struct waits {
    struct wait
        *items; // of a cycle: in its order; otherwise threads that wait for more than a join first
    size_t count;
    enum hang hang;
};

// `before` and `now` were taken some time apart. Only waits that did not move in between count.
void waits_find(struct waits *waits, const struct tasks *before, const struct tasks *now,
                const struct witness *witness);
void waits_free(struct waits *waits);

// The slot of a thread, NULL when there is none.
const struct witness_thread *waits_thread(const struct witness *witness, pid_t tid);

#endif
