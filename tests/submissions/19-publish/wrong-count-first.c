/* The student chose the right orders, but counts a number before it is in its slot: what comes after a
 * release is not handed on by it. */
/* verdict: data-race wrong-result */
#include "exercise.h"

#include "must.h"

bool ring_put(struct ring *ring, int number) {
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_acquire);

    if (put - taken == RING_CAPACITY) {
        return false;
    }
    atomic_store_explicit(&ring->put, put + 1, memory_order_release);
    ring->slots[put % RING_CAPACITY] = number; /* fault: data-race */
    return true;
}

bool ring_take(struct ring *ring, int *number) {
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);
    unsigned put = atomic_load_explicit(&ring->put, memory_order_acquire);

    if (put == taken) {
        return false;
    }
    *number = ring->slots[taken % RING_CAPACITY]; /* fault: data-race */
    atomic_store_explicit(&ring->taken, taken + 1, memory_order_release);
    return true;
}
