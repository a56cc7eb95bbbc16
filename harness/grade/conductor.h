// Judges the pairs of a worklist that have no record yet: a process for each, so many at once. Each record
// is on disk before its pair counts as done.
#ifndef INTERLEAVE_CONDUCTOR_H
#define INTERLEAVE_CONDUCTOR_H

#include "../home.h"

#include <stdbool.h>
#include <stddef.h>

enum ruling {
    RULING_NONE,
    RULING_CORRECT,
    RULING_FAULTY,
    RULING_REFUSED,
    RULING_UNJUDGED,
    RULING_UNCHANGED,
    RULINGS
};
extern const char *const ruling_words[RULINGS];
// RULING_NONE: no such word.
enum ruling ruling_named(const char *word);

struct grading {
    const struct home *home;
    const char *out, *private;
    unsigned jobs;
    unsigned shard, shards; // 1 of 1: all
    bool keep;              // leave the builds and reports of each pair in home->work
    // Filled by conductor_run, of pairs with equal keys once:
    size_t all, done; // of this shard
    size_t kept;      // of them before it began
    size_t rulings[RULINGS];
    int stopped_by; // a signal, or 0
};

// NULL, or what stopped it (owned by the caller). Everything it started has ended when it returns.
char *conductor_run(struct grading *grading);
// The shard of a key, from 1: equal keys are in one shard.
unsigned conductor_shard(const char *key, unsigned shards);

#endif
