// The trace of a schedule, made of what the explorer's runtime wrote of it: each operation in the words of
// the source, whom it let go on, and which operations of other threads happen before it.
#ifndef INTERLEAVE_STEPS_H
#define INTERLEAVE_STEPS_H

#include "explored.h"

// As docs/verdict.schema.json describes it. `lines`: objects with "step", "learns" or "wakes"; `found`: the
// fault whose steps are marked, or NULL.
json_t *steps_read(const struct explored *explored, const json_t *lines, const json_t *found);

#endif
