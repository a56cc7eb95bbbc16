#include "strategy.h"

#include <string.h>

static uint64_t state;

uint64_t strategy_random(void) {
    uint64_t z = state += 0x9E3779B97F4A7C15ULL;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ z >> 27) * 0x94D049BB133111EBULL;
    return z ^ z >> 31;
}

unsigned strategy_below(unsigned limit) {
    return (unsigned)((strategy_random() >> 32) * limit >> 32);
}

static void seed(void) {
    state = channel->plan.seed * 0xD1342543DE82EF95ULL + 1;
}

// Without preemptions: who runs goes on while it can; then the next one round the circle.
static struct thread *go_on(const struct set *candidates, struct thread *current) {
    if (set_has(candidates, current->number))
        return current;
    return thread_numbered(set_round(candidates, current->number));
}

static struct thread *any(const struct set *candidates, struct thread *current) {
    (void)current;
    return thread_numbered(set_member(candidates, strategy_below(candidates->count)));
}

const struct strategy strategies[] = {
    {"bounded", false, NULL, go_on, NULL, NULL},
    {"random", true, seed, any, NULL, NULL},
};
const unsigned strategy_count = sizeof strategies / sizeof strategies[0];

const struct strategy *strategy_named(const char *name) {
    for (unsigned i = 0; i < strategy_count; i++)
        if (strcmp(strategies[i].name, name) == 0)
            return &strategies[i];
    return NULL;
}
