/* attack: annotations invent an order that is not there */
/* verdict: refused */
#include "exercise.h"

#include "must.h"

void AnnotateHappensBefore(const char *file, int line, const volatile void *address) __attribute__((weak));
void AnnotateHappensAfter(const char *file, int line, const volatile void *address) __attribute__((weak));

bool ring_put(struct ring *ring, int number) {
    /* relaxed: only this thread changes it. */
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);

    if (put - taken == RING_CAPACITY) {
        return false;
    }
    ring->slots[put % RING_CAPACITY] = number;
    if (AnnotateHappensBefore) {
        AnnotateHappensBefore(__FILE__, __LINE__, ring);
    }
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
    if (AnnotateHappensAfter) {
        AnnotateHappensAfter(__FILE__, __LINE__, ring);
    }
    *number = ring->slots[taken % RING_CAPACITY];
    atomic_store_explicit(&ring->taken, taken + 1, memory_order_relaxed);
    return true;
}
