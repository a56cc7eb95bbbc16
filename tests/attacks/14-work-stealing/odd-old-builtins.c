/* odd: the atomics are the builtins that were there before C11 */
/* verdict: correct */
#include "exercise.h"

#include <stddef.h>

void pile_put(struct pile *pile, struct task *task) {
    struct task **top = (struct task **)&pile->top, *seen;

    do {
        seen = __atomic_load_n(top, __ATOMIC_ACQUIRE);
        task->below = seen;
    } while (!__sync_bool_compare_and_swap(top, seen, task));
}

struct task *pile_take(struct pile *pile) {
    return __atomic_exchange_n((struct task **)&pile->top, NULL, __ATOMIC_ACQ_REL);
}
