// Which tool may judge what: where a report is known to be wrong about right programs, and who knows
// better. The table is in capability.c.
#ifndef INTERLEAVE_CAPABILITY_H
#define INTERLEAVE_CAPABILITY_H

#include "engine.h"

// Moves those faults to the notes that the run itself refutes: a lock order that a gate protects, a
// thread leak of a program that simply ends; and a tool's report without a line of the program's own.
void capability_settle(struct findings *findings, unsigned traits);

// A lone report of `engine`, in a program that uses one of `traits`, is a note when the engine `by` has
// looked at runs of the program too and has not seen such a fault.
struct doubt {
    const char *engine;
    enum fault_kind kind;
    unsigned traits;
    const char *by;
    const char *reason;
};

// Whether another engine could refute this fault. NULL: none can.
const struct doubt *capability_doubt(const struct fault *fault, unsigned traits);

// Why an engine that does not report such a fault need not have looked for it; NULL: it depends on the
// schedule whether it sees one.
const char *capability_blind(const char *engine, enum fault_kind kind);

#endif
