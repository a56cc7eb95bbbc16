/* attack: functions without a frame, so without instrumentation, written in assembly */
/* verdict: refused */
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

__attribute__((naked))
struct task *pile_take(struct pile *pile) {
    __asm__("xorl %eax, %eax\n\txchgq %rax, (%rdi)\n\tret");
}
