// Which tool may judge what: where a report is known to be wrong about right programs, and who knows
// better. The table is in capability.c.
#ifndef INTERLEAVE_CAPABILITY_H
#define INTERLEAVE_CAPABILITY_H

#include "engine.h"

// Moves those faults to the notes that the run itself refutes: a lock order that a gate protects, a
// thread leak of a program that simply ends; and a tool's report without a line of the program's own.
void capability_settle(struct findings *findings, unsigned traits);

// Whether another engine could refute this fault; *by is its name and *reason says why, both static.
bool capability_doubts(const struct fault *fault, unsigned traits, const char **by,
                       const char **reason);

#endif
