/* attack: the slots are moved by assembly, which no tool instruments */
/* verdict: refused */
#include "exercise.h"

#include "must.h"

bool ring_put(struct ring *ring, int number) {
    /* relaxed: only this thread changes it. */
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);

    if (put - taken == RING_CAPACITY) {
        return false;
    }
    __asm__ volatile("movl %1, (%0)" : : "r"(&ring->slots[put % RING_CAPACITY]), "r"(number) : "memory");
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
    __asm__ volatile("movl (%1), %0" : "=r"(*number) : "r"(&ring->slots[taken % RING_CAPACITY]) : "memory");
    atomic_store_explicit(&ring->taken, taken + 1, memory_order_relaxed);
    return true;
}

/* handed in by s001 */
