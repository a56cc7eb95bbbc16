/* Each call makes a mutex of its own, which nobody else can hold. */
/* verdict: data-race wrong-result */
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

    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    must(pthread_mutex_lock(&lock));
    if (hall->seats - hall->sold >= wanted) { /* fault: data-race */
        first = hall->sold;                   /* fault: data-race */
        hall->sold = hall->sold + wanted;     /* fault: data-race */
    }
    must(pthread_mutex_unlock(&lock));
    return first;
}

int hall_left(struct hall *hall) {
    must(pthread_mutex_lock(&hall->lock));
    int left = hall->seats - hall->sold; /* fault: data-race */
    must(pthread_mutex_unlock(&hall->lock));
    return left;
}
