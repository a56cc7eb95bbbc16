// Which thread goes on. A strategy sees who can; the scheduler looks after the rest.
#ifndef INTERLEAVE_STRATEGY_H
#define INTERLEAVE_STRATEGY_H

#include "schedule.h"

struct strategy {
    const char *name;
    bool random;         // by a seed, against a given list of departures
    void (*begin)(void); // of a schedule; channel->plan holds the seed
    // One of `candidates`, which is not empty. `current` has run until now and may be among them.
    struct thread *(*choose)(const struct set *candidates, struct thread *current);
    // The thread has been let do an operation (called before it does it).
    void (*moved)(struct thread *thread);
    void (*yielded)(struct thread *thread); // it spins, or asks to let others go
    void (*created)(struct thread *thread); // by the calling thread
};

extern const struct strategy strategies[];
extern const unsigned strategy_count;
const struct strategy *strategy_named(const char *name); // NULL: none

// Random numbers of this schedule, from its seed alone (xoshiro-like; splitmix64, Steele et al. 2014).
void strategy_seed(uint64_t seed);
uint64_t strategy_random(void);
unsigned strategy_below(unsigned limit); // 0 … limit-1

#endif
