/* attack: an attribute that newer compilers have for the same purpose */
/* verdict: refused */
#include "exercise.h"

#include <stddef.h>

__attribute__((disable_sanitizer_instrumentation))
void pile_put(struct pile *pile, struct task *task) {
    /* relaxed: the exchange below looks again. */
    task->below = atomic_load_explicit(&pile->top, memory_order_relaxed);
    while (!atomic_compare_exchange_weak_explicit(&pile->top, &task->below, task,
                                                  memory_order_relaxed, memory_order_relaxed)) {
        /* Another thread was faster: task->below is the top of now. */
    }
}

__attribute__((disable_sanitizer_instrumentation))
struct task *pile_take(struct pile *pile) {
    return atomic_exchange_explicit(&pile->top, NULL, memory_order_relaxed);
}
