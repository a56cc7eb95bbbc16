/*
 * A pile of tasks that all workers share. No task is lost and none is taken twice. But
 * whoever takes one cannot rely on what is in it.
 *
 * The task: give the worker that takes a task all that was written before it was put on the pile.
 */
#include "exercise.h"

#include <stddef.h>

void pile_put(struct pile *pile, struct task *task) {
    /* relaxed: the exchange below looks again. */
    task->below = atomic_load_explicit(&pile->top, memory_order_relaxed);
    while (!atomic_compare_exchange_weak_explicit(&pile->top, &task->below, task,
                                                  memory_order_relaxed, memory_order_relaxed)) {
        /* Another thread was faster: task->below is the top of now. */
    }
}

struct task *pile_take(struct pile *pile) {
    return atomic_exchange_explicit(&pile->top, NULL, memory_order_relaxed);
}
