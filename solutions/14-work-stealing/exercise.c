/*
 * A pile of tasks that all workers share. No task is lost and none is taken twice, and what was
 * written into a task happens before it is taken.
 */
#include "exercise.h"

#include <stddef.h>

void pile_put(struct pile *pile, struct task *task) {
    /* relaxed: the exchange below looks again. */
    task->below = atomic_load_explicit(&pile->top, memory_order_relaxed);
    /* release: the task, and its below, is written before others see it on top. Each exchange of
     * another putter goes on with it, so it holds for the tasks further down, too. */
    while (!atomic_compare_exchange_weak_explicit(&pile->top, &task->below, task,
                                                  memory_order_release, memory_order_relaxed)) {
        /* Another thread was faster: task->below is the top of now. */
    }
}

struct task *pile_take(struct pile *pile) {
    /* acquire: what was written into the tasks is there for the one who takes them. */
    return atomic_exchange_explicit(&pile->top, NULL, memory_order_acquire);
}
