/* The student put a lock around all of it. Nobody holds it for long, and it orders the uses of a slot. */
/* verdict: clean */
#include "exercise.h"

#include <pthread.h>

#include "must.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of every ring */

bool ring_put(struct ring *ring, int number) {
    must(pthread_mutex_lock(&lock));
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);

    if (put - taken == RING_CAPACITY) {
        must(pthread_mutex_unlock(&lock));
        return false;
    }
    ring->slots[put % RING_CAPACITY] = number;
    atomic_store_explicit(&ring->put, put + 1, memory_order_relaxed);
    must(pthread_mutex_unlock(&lock));
    return true;
}

bool ring_take(struct ring *ring, int *number) {
    must(pthread_mutex_lock(&lock));
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);

    if (put == taken) {
        must(pthread_mutex_unlock(&lock));
        return false;
    }
    *number = ring->slots[taken % RING_CAPACITY];
    atomic_store_explicit(&ring->taken, taken + 1, memory_order_relaxed);
    must(pthread_mutex_unlock(&lock));
    return true;
}
