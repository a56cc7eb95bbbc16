// All that the page shows, as one JSON value: `{title, program, covered, replay, replayed, words, sources,
// faults, tried}`. Long traces repeat few words, so that they hold numbers of `words`; page/story.js reads
// them again.
#ifndef INTERLEAVE_GATHER_H
#define INTERLEAVE_GATHER_H

#include "picture.h"

json_t *gather(const struct picture *picture, const struct verdict *verdict); // owned by the caller
// What the explorer says of the program; NULL: it has not looked.
const struct engine_result *gather_explored(const struct verdict *verdict);

#endif
