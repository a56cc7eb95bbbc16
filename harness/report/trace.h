// A schedule of the explorer, for a terminal: one column for each thread, time going down.
#ifndef INTERLEAVE_TRACE_H
#define INTERLEAVE_TRACE_H

#include "paint.h"
#include "../fault.h"

struct trace_look {
    bool unfold; // show all steps
    int screen;  // lines after which the names of the threads come again; 0: some forty
};

// How the fault was found, how rare it is, and the command that shows it again, to which the schedule is
// appended. Nothing when the fault is not the explorer's.
void trace_summary(const struct painter *painter, const struct fault *fault, const char *command);
// The first half of it.
void trace_found(const struct painter *painter, const struct fault *fault);

// The operations of a trace (docs/verdict.schema.json, "trace"). What stands out are the steps of the
// fault, what waits and what wakes; long runs of other steps are folded. `look`: NULL for the usual one.
void trace_columns(const struct painter *painter, const json_t *trace,
                   const struct trace_look *look);

#endif
