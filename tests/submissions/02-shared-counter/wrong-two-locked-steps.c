/* Locked the question and locked the sale, but not the two as one step: between them
 * another desk sells. */
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
    must(pthread_mutex_lock(&hall->lock));
    int first = hall->sold;
    must(pthread_mutex_unlock(&hall->lock));
    if (hall->seats - first < wanted) {
        return -1;
    }

    must(pthread_mutex_lock(&hall->lock));
    hall->sold = first + wanted;
    must(pthread_mutex_unlock(&hall->lock));
    return first;
}

int hall_left(struct hall *hall) {
    must(pthread_mutex_lock(&hall->lock));
    int left = hall->seats - hall->sold;
    must(pthread_mutex_unlock(&hall->lock));
    return left;
}
