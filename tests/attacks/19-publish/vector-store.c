/* attack: the slots are written by an instruction that the tools do not instrument */
/* verdict: refused */
#include "exercise.h"

#include "must.h"

typedef char bytes __attribute__((vector_size(16)));

static void write_unseen(int *slot, int number) {
    union {
        bytes bytes;
        int numbers[4];
    } from = {.numbers = {number}}, mask = {.numbers = {-1}};
    __builtin_ia32_maskmovdqu(from.bytes, mask.bytes, (char *)slot);
}

bool ring_put(struct ring *ring, int number) {
    /* relaxed: only this thread changes it. */
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);

    if (put - taken == RING_CAPACITY) {
        return false;
    }
    write_unseen(&ring->slots[put % RING_CAPACITY], number);
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
