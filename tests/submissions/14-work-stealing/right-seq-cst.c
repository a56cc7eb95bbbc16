/* The student left every order out, which makes it the strongest one. */
/* verdict: clean */
#include "exercise.h"

#include <stddef.h>

void pile_put(struct pile *pile, struct task *task) {
    task->below = atomic_load(&pile->top);
    while (!atomic_compare_exchange_weak(&pile->top, &task->below, task)) {
    }
}

struct task *pile_take(struct pile *pile) {
    return atomic_exchange(&pile->top, NULL);
}
