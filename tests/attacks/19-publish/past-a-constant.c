/* attack: the slots are read at a distance from a constant, and constants nobody watches */
/* verdict: refused */
#include "exercise.h"

#include "must.h"

static const int anchor = 1;

static void put_number(int *slot, int number) {
    *slot = number;
}

static int get_number(const int *slot) {
    return *(&anchor + (slot - &anchor));
}

bool ring_put(struct ring *ring, int number) {
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);

    if (put - taken == RING_CAPACITY) {
        return false;
    }
    put_number(&ring->slots[put % RING_CAPACITY], number);
    atomic_store_explicit(&ring->put, put + 1, memory_order_relaxed);
    return true;
}

bool ring_take(struct ring *ring, int *number) {
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);

    if (put == taken) {
        return false;
    }
    *number = get_number(&ring->slots[taken % RING_CAPACITY]);
    atomic_store_explicit(&ring->taken, taken + 1, memory_order_relaxed);
    return true;
}
