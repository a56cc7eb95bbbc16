// A schedule of the explorer, for a terminal: one column for each thread, time going down.
#ifndef INTERLEAVE_TRACE_H
#define INTERLEAVE_TRACE_H

#include "paint.h"
#include "../fault.h"

// How the fault was found, how rare it is, and the command that shows it again, to which the schedule is
// appended. Nothing when the fault is not the explorer's.
void trace_summary(const struct painter *painter, const struct fault *fault, const char *command);

// The operations of a trace (docs/verdict.schema.json, "trace"). `fault` may be NULL: its lines stand out.
void trace_columns(const struct painter *painter, const json_t *trace, const struct fault *fault);

#endif
