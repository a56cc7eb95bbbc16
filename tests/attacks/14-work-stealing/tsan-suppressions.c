/* attack: suppressions for ThreadSanitizer are compiled in */
/* verdict: refused */
/* behind the gate: data-race */
#include "exercise.h"

#include <stddef.h>

const char *__tsan_default_suppressions(void);
const char *__tsan_default_suppressions(void) {
    return "race:*";
}

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
