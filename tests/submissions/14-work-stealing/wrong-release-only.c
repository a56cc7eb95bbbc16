/* The student made the putting release. But nobody receives what is handed on. */
/* verdict: data-race */
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
    return atomic_exchange_explicit(&pile->top, NULL, memory_order_relaxed);
}
