/* The student looks at the top and then empties the pile. Between the two, tasks come or go. */
/* verdict: wrong-result data-race */
#include "exercise.h"

#include <stddef.h>

void pile_put(struct pile *pile, struct task *task) {
    task->below = atomic_load_explicit(&pile->top, memory_order_relaxed);
    while (!atomic_compare_exchange_weak_explicit(&pile->top, &task->below, task,
                                                  memory_order_release, memory_order_relaxed)) {
        /* Another thread was faster: task->below is the top of now. */
    }
}

struct task *pile_take(struct pile *pile) {
    struct task *tasks = atomic_load(&pile->top);
    atomic_store(&pile->top, NULL);
    return tasks;
}
