// The map of the course: what is solved, at which attempt, with how many hints, and what is next.
#ifndef INTERLEAVE_MAP_H
#define INTERLEAVE_MAP_H

#include "progress_file.h"

#include <stdio.h>

void map_terminal(FILE *out, const struct course *course, const struct progress *progress);
//   {"solved":1,"exercises":22,"next":2,"lessons":[{"number":1,"slug":…,"title":…,"part":…,"solved":true,
//    "solved_at_attempt":2,"changed_since":false,"attempts":2,"hints":1}…]}
// `next` is null when all are solved, solved_at_attempt when this one is not.
void map_json(FILE *out, const struct course *course, const struct progress *progress);

#endif
