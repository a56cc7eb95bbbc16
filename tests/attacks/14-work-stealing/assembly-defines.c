/* attack: assembly outside any function defines suppressions */
/* verdict: refused */
/* behind the gate: data-race */
#include "exercise.h"

#include <stddef.h>

__asm__(".globl __tsan_default_suppressions\n__tsan_default_suppressions:\n\tleaq 1f(%rip), %rax\n\tret\n1:\t.asciz \"race:*\"");

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
