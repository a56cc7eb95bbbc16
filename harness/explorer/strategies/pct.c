// Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi and Nagarakatte, ASPLOS 2010): each
// thread has a random priority, and the highest runs. At d - 1 random steps the running thread falls
// below all others. A fault that needs d operations in a certain order, in a program of n threads and k
// steps, is met with a chance of at least 1 / (n * k^(d-1)).
#include "rows.h"

enum { DEPTH = 3 };

// Priorities from high to low: as drawn; of change point 0, 1 …; of those that spin or yield, which must
// not keep those from running that they wait for.
static const uint64_t drawn = 1ULL << 63, changed = 1ULL << 62;
static uint64_t demoted;
static uint64_t steps, change_at[DEPTH - 1];

static void draw(struct thread *thread) {
    thread->priority = drawn | strategy_random();
}

void pct_begin(void) {
    uint64_t length = channel->plan.profile_steps;
    for (int i = 0; i < DEPTH - 1; i++)
        change_at[i] = 1 + strategy_below(length < UINT32_MAX ? (unsigned)length + 1 : UINT32_MAX);
    demoted = changed;
    draw(self);
}

void pct_created(struct thread *thread) {
    draw(thread);
}

struct thread *pct_choose(const struct set *candidates, struct thread *current) {
    (void)current;
    return strategy_first(candidates);
}

void pct_moved(struct thread *thread) {
    steps++;
    for (int i = 0; i < DEPTH - 1; i++)
        if (steps == change_at[i])
            thread->priority = changed + (uint64_t)i + 1;
}

void pct_yielded(struct thread *thread) {
    thread->priority = --demoted;
}
