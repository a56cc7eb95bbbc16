/*
 * A ring that carries numbers from one thread to another. Each count publishes slots: the one says
 * that they are full, the other that they are free again.
 */
#include "exercise.h"

#include "must.h"

bool ring_put(struct ring *ring, int number) {
    /* relaxed: only this thread changes it. */
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);
    /* acquire: the consumer has read what lay in the slots that it says are free. */
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_acquire);

    if (put - taken == RING_CAPACITY) {
        return false;
    }
    ring->slots[put % RING_CAPACITY] = number;
    /* release: the number is in its slot before the count says so. */
    atomic_store_explicit(&ring->put, put + 1, memory_order_release);
    return true;
}

bool ring_take(struct ring *ring, int *number) {
    /* relaxed: only this thread changes it. */
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);
    /* acquire: the numbers that the producer says are there are there. */
    unsigned put = atomic_load_explicit(&ring->put, memory_order_acquire);

    if (put == taken) {
        return false;
    }
    *number = ring->slots[taken % RING_CAPACITY];
    /* release: the number is out of its slot before the count says that the slot is free. */
    atomic_store_explicit(&ring->taken, taken + 1, memory_order_release);
    return true;
}
