// Verdicts of earlier journeys, kept by the content of everything they depend on: sources and their own
// headers, flags, tools, the harness itself. A verdict in which an engine was unavailable is not kept.
#ifndef INTERLEAVE_CACHE_H
#define INTERLEAVE_CACHE_H

#include "road.h"

// Fills the verdict's results and says true, or leaves them alone.
bool cache_find(const struct journey *journey, const struct program *program,
                struct verdict *verdict);
// Keeps the results, before judge_compare has moved them. `builds` are those of the program.
void cache_store(const struct journey *journey, const struct program *program,
                 const struct build *builds, const struct verdict *verdict);

#endif
