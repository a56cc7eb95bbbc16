// Before anything of a student's file runs: does it have something in it that could blind the tools, or
// forge what they say? That is refused, with its line. The looking is done by build/interleave-gate.
#ifndef INTERLEAVE_GATE_H
#define INTERLEAVE_GATE_H

#include "../judge.h"
#include "../toolchain.h"

// Whether the program is for the gate: a student's file in the place of an exercise, when the gate is asked for.
bool gate_applies(bool asked, const struct program *program);

// Looks at the program's first source, in the toolchain's sandbox when there is one; `scratch` is a directory of
// ours for what it writes, borrowed. `opens` is called from the event loop, with what was found added to
// the refusals, and with why it could not look (owned by the callee), or NULL.
void gate_look(const struct toolchain *toolchain, const struct program *program,
               const char *scratch, struct refusals *refusals,
               void (*opens)(void *context, char *trouble), void *context);

#endif
