// Without preemptions (Musuvathi and Qadeer, PLDI 2007): who runs goes on while it can; then the next one
// round the circle. The departures from this are the plan's.
#include "rows.h"

struct thread *bounded_choose(const struct set *candidates, struct thread *current) {
    if (set_has(candidates, current->number))
        return current;
    return thread_numbered(set_round(candidates, current->number));
}
