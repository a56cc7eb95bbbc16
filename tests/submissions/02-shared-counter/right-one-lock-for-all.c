/* One lock for all halls. Desks of different halls wait for each other, which exercise.h
 * does not forbid. */
/* verdict: clean */
#include <pthread.h>

#include "exercise.h"
#include "must.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void hall_init(struct hall *hall, int seats) {
    hall->seats = seats;
    hall->sold = 0;
}

void hall_destroy(struct hall *hall) {
    (void)hall;
}

int hall_book(struct hall *hall, int wanted) {
    int first = -1;

    must(pthread_mutex_lock(&lock));
    if (hall->seats - hall->sold >= wanted) {
        first = hall->sold;
        hall->sold = hall->sold + wanted;
    }
    must(pthread_mutex_unlock(&lock));
    return first;
}

int hall_left(struct hall *hall) {
    must(pthread_mutex_lock(&lock));
    int left = hall->seats - hall->sold;
    must(pthread_mutex_unlock(&lock));
    return left;
}
