/* The student does not wait for the lock: whoever finds it taken is refused, though there are seats. */
/* verdict: wrong-result */
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
    int first = -1;

    if (pthread_mutex_trylock(&hall->lock) != 0) {
        return -1;
    }
    if (hall->seats - hall->sold >= wanted) {
        first = hall->sold;
        hall->sold = hall->sold + wanted;
    }
    must(pthread_mutex_unlock(&hall->lock));
    return first;
}

int hall_left(struct hall *hall) {
    must(pthread_mutex_lock(&hall->lock));
    int left = hall->seats - hall->sold;
    must(pthread_mutex_unlock(&hall->lock));
    return left;
}
