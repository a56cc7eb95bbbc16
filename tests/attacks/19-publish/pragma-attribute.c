/* attack: a pragma gives the attribute to every function below; the ring uses atomics, so that Helgrind is not heard */
/* verdict: refused */
#include "exercise.h"

#include "must.h"

#pragma clang attribute push(__attribute__((no_sanitize("thread"))), apply_to = function)

bool ring_put(struct ring *ring, int number) {
    /* relaxed: only this thread changes it. */
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);

    if (put - taken == RING_CAPACITY) {
        return false;
    }
    ring->slots[put % RING_CAPACITY] = number;
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
    *number = ring->slots[taken % RING_CAPACITY];
    atomic_store_explicit(&ring->taken, taken + 1, memory_order_relaxed);
    return true;
}

#pragma clang attribute pop
