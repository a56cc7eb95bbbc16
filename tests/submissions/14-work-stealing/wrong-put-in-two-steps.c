/* The student stores the top without looking whether it is still the one from before: tasks get lost. */
/* verdict: wrong-result data-race */
#include "exercise.h"

#include <stddef.h>

void pile_put(struct pile *pile, struct task *task) {
    task->below = atomic_load_explicit(&pile->top, memory_order_relaxed);
    atomic_store_explicit(&pile->top, task, memory_order_release);
}

struct task *pile_take(struct pile *pile) {
    return atomic_exchange_explicit(&pile->top, NULL, memory_order_acquire);
}
