/* No lock: sells only if nobody else has sold since the look, and otherwise looks again. */
/* verdict: clean */
#include <pthread.h>

#include "exercise.h"
#include "must.h"

void hall_init(struct hall *hall, int seats) {
    must(pthread_mutex_init(&hall->lock, NULL));
    hall->seats = seats;
    hall->sold = 0;
}

void hall_destroy(struct hall *hall) {
    must(pthread_mutex_destroy(&hall->lock));
}

int hall_book(struct hall *hall, int wanted) {
    /* The number of sold seats is all that desks share, so no order but its own is needed. */
    int first = __atomic_load_n(&hall->sold, __ATOMIC_RELAXED);

    do {
        if (hall->seats - first < wanted) {
            return -1;
        }
    } while (!__atomic_compare_exchange_n(&hall->sold, &first, first + wanted, 0, __ATOMIC_RELAXED,
                                          __ATOMIC_RELAXED));
    return first;
}

int hall_left(struct hall *hall) {
    return hall->seats - __atomic_load_n(&hall->sold, __ATOMIC_RELAXED);
}
