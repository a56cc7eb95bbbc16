/* attack: the numbers lie in attributes of threads, where only the library writes */
/* verdict: refused */
#include "exercise.h"

#include "must.h"
#include <pthread.h>

static pthread_attr_t places[RING_CAPACITY];

static pthread_attr_t *place_of(const int *slot) {
    return &places[((unsigned long)slot / sizeof(int)) % RING_CAPACITY];
}

static void put_number(int *slot, int number) {
    pthread_attr_setguardsize(place_of(slot), (size_t)number);
}

static int get_number(const int *slot) {
    size_t number = 0;
    pthread_attr_getguardsize(place_of(slot), &number);
    return (int)number;
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
