// What the workers of one exploration share: how far it is, what is left to try, and what was found.
// Workers are processes; all of this lies in memory that they share.
#ifndef INTERLEAVE_CAMPAIGN_H
#define INTERLEAVE_CAMPAIGN_H

#include "attempt.h"
#include "sample.h"
#include "strategy.h"

#include <stdatomic.h>

enum {
    FINDINGS_MOST = 12,
    FINDING_TEXT = 64 << 10,
    OUTCOMES_MOST = 256,
    OUTCOME_TEXT = 256,
    STRATEGIES_MOST = 8,
    WORKERS_MOST = 1025, // and the driver, which is number 0
    BOUNDS_MOST = 16,
};

// A fault, and the first schedule that showed it.
struct finding {
    uint64_t key;
    uint64_t schedules; // run when it was found, this one included
    bool weak;          // counts only if no other is found
    uint64_t hits;      // of the schedules of the phase that measures how rare it is
    const struct strategy *strategy;
    uint32_t preemptions, departure_count;
    uint64_t trace_hash;
    uint32_t sites, site[SITES_MOST]; // accesses that were choices
    char text[FINDING_TEXT];          // the fault, as JSON
    struct departure *departures;     // DEPARTURES_MOST; shared by all workers
};

// One way in which the program ended, told by its output and exit status.
struct ending {
    uint64_t hash, times;
    int32_t exit_status;
    uint32_t length;
    char text[OUTCOME_TEXT];
};

// The proofs that a worker was given by drivers: for its challenges 0 to count - 1, added up.
struct proofs {
    uint64_t count, sum;
};

struct campaign {
    _Atomic uint32_t lock;
    _Atomic uint64_t started, schedules, pruned, cut, steps;
    _Atomic uint64_t by_strategy[STRATEGIES_MOST];
    uint64_t same;                  // replays of the schedule that went the same way
    _Atomic uint64_t measured;      // schedules of the phase that measures rarity
    uint64_t by_bound[BOUNDS_MOST]; // complete schedules at each bound
    _Atomic bool stop, beyond_bound;
    _Atomic uint32_t busy; // workers that may still add to the stack
    _Atomic uint32_t threads;
    _Atomic uint64_t longest; // operations of one schedule
    uint64_t slowest;         // processor nanoseconds of one that came to its end
    _Atomic uint64_t used;    // processor nanoseconds of all
    _Atomic bool cut_short;   // by time
    _Atomic uint64_t next_seed;
    unsigned bound;       // preemptions, of the schedules on the stack
    unsigned bounds_done; // bounds that were explored to their end
    uint32_t bound_sites; // accesses that were choices when this one began
    bool bounds_over;     // no bound is explored any more
    bool exhausted;       // there is no other schedule
    double deadline;      // of the phase
    uint32_t findings, endings;
    uint32_t strong;       // findings that count whatever else is found
    uint64_t endings_lost; // for which there was no room
    struct finding finding[FINDINGS_MOST];
    struct ending ending[OUTCOMES_MOST];
    char unavailable[1024]; // the first reason, as JSON
    struct proofs proofs[WORKERS_MOST];
    uint32_t sites, site[SITES_MOST];
    uint32_t counts, kin; // the profile, sorted by object
    uint64_t profile_steps;
    struct count profile[COUNTS_MOST];
    struct kin family[KIN_MOST];
    size_t stack_used;
    struct pool passing, failing; // samples
};
extern struct campaign *campaign;

const char *campaign_open(void); // NULL or what failed
// Not for the processes that this one forks from here on: each mapping less makes the fork, and the end,
// of a schedule cheaper, and the program under test cannot write there.
void campaign_keep(void);
void campaign_be_worker(unsigned index); // from 1; before, the process is number 0
void campaign_lock(void);
void campaign_unlock(void);
double campaign_now(void); // seconds, of the clock that the budget is told in
bool campaign_has_time(void);

// Sets the plan of the channel for the strategy and seed; departures are added by the caller.
void campaign_plan(const struct strategy *strategy, uint64_t seed);
// Runs the plan and enters what came of it. False when the exploration should stop.
bool campaign_attempt(struct attempt *attempt);
struct finding *campaign_finding(uint64_t key);     // NULL: none
struct finding *campaign_add_finding(uint64_t key); // zeroed apart from the key; NULL: no room

// A stack of schedules that are to be tried, for the bounded strategy. `last` comes after the `count`
// given ones; NULL: no more. False when the stack is full.
bool campaign_push(const struct departure *given, uint32_t count, const struct departure *last);
// Sets the departures of the plan. False when the stack is empty.
bool campaign_pop(void);
void campaign_clear(void);

#endif
