/* The student keeps the compiler from moving the accesses. That orders nothing between two threads. */
/* verdict: data-race */
#include "exercise.h"

#include "must.h"

bool ring_put(struct ring *ring, int number) {
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);

    if (put - taken == RING_CAPACITY) {
        return false;
    }
    ring->slots[put % RING_CAPACITY] = number; /* fault: data-race */
    atomic_signal_fence(memory_order_seq_cst);
    atomic_store_explicit(&ring->put, put + 1, memory_order_relaxed);
    return true;
}

bool ring_take(struct ring *ring, int *number) {
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);

    if (put == taken) {
        return false;
    }
    *number = ring->slots[taken % RING_CAPACITY]; /* fault: data-race */
    atomic_signal_fence(memory_order_seq_cst);
    atomic_store_explicit(&ring->taken, taken + 1, memory_order_relaxed);
    return true;
}
