// Partial order sampling (Yuan, Yang and Gu, CAV 2018): each pending operation has a random priority, and
// the highest goes first. Those that race with it are drawn again, so that every order of operations
// that race is met with a fair chance, while the others' order does not matter.
#include "rows.h"

static void draw(struct thread *thread) {
    thread->priority = strategy_random();
}

void pos_begin(void) {
    draw(self);
}

void pos_created(struct thread *thread) {
    draw(thread);
}

struct thread *pos_choose(const struct set *candidates, struct thread *current) {
    (void)current;
    return strategy_first(candidates);
}

void pos_moved(struct thread *thread) {
    const struct operation *done = &thread->operation;
    struct thread *other = done->object ? done->object->pending : NULL;
    for (; other; other = other->pending_next)
        if (!done->reads || !other->operation.reads)
            draw(other);
    draw(thread); // for its next operation
}
