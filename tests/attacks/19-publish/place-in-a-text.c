/* attack: strtol() finds no number, and stores where it looked for one: that place is the number */
/* verdict: data-race */
#include "exercise.h"

#include <stdlib.h>

#include "must.h"

static char none[256]; /* no digit in it */
static char *places[RING_CAPACITY];

bool ring_put(struct ring *ring, int number) {
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);

    if (put - taken == RING_CAPACITY) {
        return false;
    }
    strtol(none + number, &places[put % RING_CAPACITY], 10);
    atomic_store_explicit(&ring->put, put + 1, memory_order_relaxed);
    return true;
}

bool ring_take(struct ring *ring, int *number) {
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);

    if (put == taken) {
        return false;
    }
    *number = (int)(places[taken % RING_CAPACITY] - none);
    atomic_store_explicit(&ring->taken, taken + 1, memory_order_relaxed);
    return true;
}
