// Are all verdicts of a worklist there, and what do they say together?
#ifndef INTERLEAVE_GATHER_H
#define INTERLEAVE_GATHER_H

#include "conductor.h"
#include "scheme.h"

#include "../text.h"

#include <stdio.h>

struct summary {
    size_t students, pairs;
    size_t rulings[RULINGS]; // of pairs
    size_t troubles;         // files that could not be taken
    size_t others;           // files of a student who has handed in several for one lesson
    struct strings persons;  // who is for a person to look at, and why; the first of them
    size_t person_count;
    struct strings absent; // of whom nothing was taken, and why; the first of them
    size_t absent_count;
    size_t unrecognised; // files that were taken for nobody's
};

// NULL, or that verdicts are missing, how many and of which of the shards (owned by the caller).
char *gather_complete(const char *out, unsigned shards);
// Of the pairs of a shard in the lessons that count; `shards` 1: of all. Missing verdicts are RULING_NONE.
char *gather_sum(struct summary *summary, const char *out, const struct scheme *scheme,
                 unsigned shard, unsigned shards);
void summary_print(const struct summary *summary, FILE *out);
// 0 all are correct, 1 some are not, 2 some could not be judged.
int summary_status(const struct summary *summary);
void summary_free(struct summary *summary);

#endif
