/* The student took the strongest order everywhere. It costs more than is needed, and it is right. */
/* verdict: clean */
#include "exercise.h"

#include "must.h"

bool ring_put(struct ring *ring, int number) {
    unsigned put = atomic_load_explicit(&ring->put, memory_order_seq_cst);
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_seq_cst);

    if (put - taken == RING_CAPACITY) {
        return false;
    }
    ring->slots[put % RING_CAPACITY] = number;
    atomic_store_explicit(&ring->put, put + 1, memory_order_seq_cst);
    return true;
}

bool ring_take(struct ring *ring, int *number) {
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_seq_cst);
    unsigned put = atomic_load_explicit(&ring->put, memory_order_seq_cst);

    if (put == taken) {
        return false;
    }
    *number = ring->slots[taken % RING_CAPACITY];
    atomic_store_explicit(&ring->taken, taken + 1, memory_order_seq_cst);
    return true;
}
