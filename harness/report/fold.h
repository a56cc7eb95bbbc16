// Which steps of a trace are worth a row: those of the fault, of the threads that take part in it, and what
// stops or starts these. Where there is no fault: what stops or starts anybody.
#ifndef INTERLEAVE_FOLD_H
#define INTERLEAVE_FOLD_H

#include <jansson.h>
#include <stdbool.h>

// One for each step; owned by the caller.
bool *fold_trace(const json_t *trace);

#endif
