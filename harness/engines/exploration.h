// What the explorer wrote, in the words of the program's source.
#ifndef INTERLEAVE_EXPLORATION_H
#define INTERLEAVE_EXPLORATION_H

#include "engine.h"

// Adds the faults, each with its schedule and trace, and what was covered. `lines` is the explorer's
// report. False when it does not come to its end; *trouble is then or else why the explorer could not
// judge the program (owned by the caller).
bool exploration_read(const struct run *run, const char *lines, struct findings *findings,
                      char **trouble);

#endif
