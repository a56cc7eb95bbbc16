// Verdicts of earlier journeys, kept by the content of everything they depend on: sources and their own
// headers, flags, tools, the harness itself. A verdict in which an engine was unavailable is not kept.
#ifndef INTERLEAVE_CACHE_H
#define INTERLEAVE_CACHE_H

#include "road.h"

#include <time.h>

// Where a verdict is kept: the name says what the program was at that time.
struct cache_place {
    char *path;
    struct timespec time;
};

void cache_place(const struct journey *journey, const struct program *program,
                 struct cache_place *place);
void cache_place_free(struct cache_place *place);

// Fills the verdict's results and says true, or leaves them alone.
bool cache_find(const struct journey *journey, const struct cache_place *place,
                struct verdict *verdict);
// Keeps the results, before judge_compare has moved them, unless the program has changed since the place
// was chosen: nobody knows then which of the two was judged. `builds` are those of the program.
void cache_store(const struct journey *journey, const struct program *program,
                 const struct cache_place *place, const struct build *builds,
                 const struct verdict *verdict);

#endif
