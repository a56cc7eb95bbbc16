// Judges the pairs of a worklist that have no record yet: a process for each, so many at once. Each record
// is on disk before its pair counts as done.
#ifndef INTERLEAVE_CONDUCTOR_H
#define INTERLEAVE_CONDUCTOR_H

#include "../home.h"

#include <stdbool.h>
#include <stddef.h>

enum mark {
    MARK_NONE,
    MARK_CORRECT,
    MARK_FAULTY,
    MARK_REFUSED,
    MARK_UNJUDGED,
    MARK_UNCHANGED,
    MARKS
};
extern const char *const mark_words[MARKS];
// MARK_NONE: no such word.
enum mark mark_named(const char *word);

struct grading {
    const struct home *home;
    const char *out, *private;
    unsigned jobs;
    unsigned shard, shards; // 1 of 1: all
    // Filled by conductor_run, of pairs with equal keys once:
    size_t all, done; // of this shard
    size_t kept;      // of them before it began
    size_t marks[MARKS];
    int stopped_by; // a signal, or 0
};

// NULL, or what stopped it (owned by the caller). Everything it started has ended when it returns.
char *conductor_run(struct grading *grading);
// The shard of a key, from 1: equal keys are in one shard.
unsigned conductor_shard(const char *key, unsigned shards);

#endif
