#include "rows.h"

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

void strategy_seed(uint64_t seed) {
    state = seed * 0xD1342543DE82EF95ULL + 1;
}

struct thread *strategy_first(const struct set *candidates) {
    struct thread *first = NULL;
    SET_EACH(candidates, number) {
        struct thread *thread = thread_numbered(number);
        if (!first || thread->priority > first->priority)
            first = thread;
    }
    return first;
}

const struct strategy strategies[] = {
    {.name = "bounded", .choose = bounded_choose},
    {.name = "surw",
     .random = true,
     .begin = surw_begin,
     .choose = surw_choose,
     .moved = surw_moved,
     .created = surw_created},
    {.name = "pos",
     .random = true,
     .begin = pos_begin,
     .choose = pos_choose,
     .moved = pos_moved,
     .created = pos_created},
    {.name = "pct",
     .random = true,
     .begin = pct_begin,
     .choose = pct_choose,
     .moved = pct_moved,
     .yielded = pct_yielded,
     .created = pct_created},
    {.name = "random", .random = true, .choose = random_choose},
};
const unsigned strategy_count = sizeof strategies / sizeof strategies[0];

const struct strategy *strategy_named(const char *name) {
    for (unsigned i = 0; i < strategy_count; i++)
        if (strcmp(strategies[i].name, name) == 0)
            return &strategies[i];
    return NULL;
}
