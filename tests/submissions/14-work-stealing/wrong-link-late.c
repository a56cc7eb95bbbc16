/* The student puts the task on top, and links it to the one below only then. */
/* verdict: data-race wrong-result */
#include "exercise.h"

#include <stddef.h>

void pile_put(struct pile *pile, struct task *task) {
    struct task *below = atomic_load(&pile->top);
    while (!atomic_compare_exchange_weak(&pile->top, &below, task)) {
    }
    task->below = below; /* fault: data-race */
}

struct task *pile_take(struct pile *pile) {
    return atomic_exchange_explicit(&pile->top, NULL, memory_order_acquire);
}
