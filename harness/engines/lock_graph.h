// The lock-order graph of one run, as the witness recorded it (observe.h): is there a cycle that could
// ever become a deadlock?
//
// The Goodlock algorithm with guards and thread segments (Havelund 2000; Bensalem and Havelund 2005):
// the edges of a cycle must come from different threads, hold no lock in common (a "gate"), want each
// lock in a way that excludes the other holder, and none may be over before another can begin (known for
// a thread's creator, and for those that the creator had joined).
#ifndef INTERLEAVE_LOCK_GRAPH_H
#define INTERLEAVE_LOCK_GRAPH_H

#include "../fault.h"

enum lock_graph {
    LOCKS_UNKNOWN, // nothing, or not everything, was recorded
    LOCKS_ORDERED, // no cycle that could deadlock
    LOCKS_CYCLIC,
};

// Says which, and for LOCKS_CYCLIC completes the fault (which has no message and places yet) with the
// cycle in the program's own names.
enum lock_graph lock_graph_judge(const json_t *graph, struct fault *fault);

#endif
