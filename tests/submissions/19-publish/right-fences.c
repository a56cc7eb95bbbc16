/* The student put fences beside relaxed accesses. It is right: a release fence before each store, and
 * an acquire fence after each load of the other thread's count. */
/* verdict: clean */
#include "exercise.h"

#include "must.h"

bool ring_put(struct ring *ring, int number) {
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);

    if (put - taken == RING_CAPACITY) {
        return false;
    }
    atomic_thread_fence(memory_order_acquire);
    ring->slots[put % RING_CAPACITY] = number;
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&ring->put, put + 1, memory_order_relaxed);
    return true;
}

bool ring_take(struct ring *ring, int *number) {
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);

    if (put == taken) {
        return false;
    }
    atomic_thread_fence(memory_order_acquire);
    *number = ring->slots[taken % RING_CAPACITY];
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&ring->taken, taken + 1, memory_order_relaxed);
    return true;
}
