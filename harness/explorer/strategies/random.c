// Any of those that can go on.
#include "rows.h"

struct thread *random_choose(const struct set *candidates, struct thread *current) {
    (void)current;
    return thread_numbered(set_member(candidates, strategy_below(candidates->count)));
}
