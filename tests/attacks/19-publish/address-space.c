/* attack: the slots are reached by pointers into another address space, which the tools leave out */
/* verdict: refused */
#include "exercise.h"

#include "must.h"

typedef int __attribute__((address_space(258))) far; /* the stack segment: the same memory */

bool ring_put(struct ring *ring, int number) {
    /* relaxed: only this thread changes it. */
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);

    if (put - taken == RING_CAPACITY) {
        return false;
    }
    *(far *)&ring->slots[put % RING_CAPACITY] = number;
    atomic_store_explicit(&ring->put, put + 1, memory_order_relaxed);
    return true;
}

bool ring_take(struct ring *ring, int *number) {
    /* relaxed: only this thread changes it. */
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);

    if (put == taken) {
        return false;
    }
    *number = *(far *)&ring->slots[taken % RING_CAPACITY];
    atomic_store_explicit(&ring->taken, taken + 1, memory_order_relaxed);
    return true;
}
