/* Returns early when the hall is full, with the lock held: whoever asks next waits for ever. */
/* verdict: deadlock double-lock stuck-wait lock-misuse */
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
    must(pthread_mutex_lock(&hall->lock)); /* fault: deadlock|double-lock|stuck-wait */
    if (hall->seats - hall->sold < wanted) {
        return -1;
    }
    int first = hall->sold;
    hall->sold = hall->sold + wanted;
    must(pthread_mutex_unlock(&hall->lock));
    return first;
}

int hall_left(struct hall *hall) {
    must(pthread_mutex_lock(&hall->lock)); /* fault: deadlock|double-lock|stuck-wait */
    int left = hall->seats - hall->sold;
    must(pthread_mutex_unlock(&hall->lock));
    return left;
}
