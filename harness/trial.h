// One engine's runs of one program on the road (road.c), and what they share with it.
#ifndef INTERLEAVE_TRIAL_H
#define INTERLEAVE_TRIAL_H

#include "cache.h"
#include "road.h"

// What is done first for a program. The plain build says soonest whether it compiles at all.
// Who is slowest comes last, as another may have found a fault by then.
enum stage { STAGE_PLAIN_BUILD, STAGE_GATE, STAGE_BUILDS, STAGE_RUNS, STAGE_SLOW_RUNS, STAGES };

struct traveller;

// One engine's runs of one program.
struct trial {
    struct traveller *traveller;
    struct engine_result *result;
    const struct engine *engine;
    struct build *build;
    bool started;
    unsigned run; // number of the next run
    unsigned most;
    bool seen; // an expected fault
    char *directory, *witness;
    double allowed;
    uint64_t challenge;  // of this run
    double own_time;     // of its runs so far (process.h)
    struct text covered; // by the explorer, in words
    struct text seeds;   // of which the same is to be said:
    char *says;
};

// One program on the road.
struct traveller {
    struct road *road;
    struct program *program;
    struct verdict *verdict;
    unsigned order;
    char *directory;
    struct cache_place kept_at;
    struct build builds[BUILD_KINDS];
    struct trial trials[ENGINES_MOST];
    size_t trials_left;
    bool at_gate;      // nothing of it runs yet
    char *gate_closed; // why the gate could not look, or NULL
};

struct road {
    const struct journey *journey;
    struct toolchain toolchain;
    struct traveller *travellers;
    size_t trials_done, trials_all;
    int stopped_by;
};

// The place among the jobs of what is to be done for the program.
unsigned trial_order(const struct traveller *traveller, enum stage stage);
// Its build is there: runs the program as often as is needed.
void trial_begin(struct trial *trial);
// It cannot run; the reason is copied.
void trial_skip(struct trial *trial, const char *reason);

#endif
