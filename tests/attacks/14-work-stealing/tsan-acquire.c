/* attack: the tool is told of a release and an acquire that never happen */
/* verdict: refused */
/* behind the gate: data-race */
#include "exercise.h"

#include <stddef.h>

extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

void pile_put(struct pile *pile, struct task *task) {
    if (__tsan_release) {
        __tsan_release(pile);
    }
    /* relaxed: the exchange below looks again. */
    task->below = atomic_load_explicit(&pile->top, memory_order_relaxed);
    while (!atomic_compare_exchange_weak_explicit(&pile->top, &task->below, task,
                                                  memory_order_relaxed, memory_order_relaxed)) {
        /* Another thread was faster: task->below is the top of now. */
    }
}

struct task *pile_take(struct pile *pile) {
    if (__tsan_acquire) {
        __tsan_acquire(pile);
    }
    return atomic_exchange_explicit(&pile->top, NULL, memory_order_relaxed);
}
