/* Each access is atomic, but the question, the look and the sale are three of them. */
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

    if (hall->seats - __atomic_load_n(&hall->sold, __ATOMIC_SEQ_CST) >= wanted) {
        first = __atomic_fetch_add(&hall->sold, wanted, __ATOMIC_SEQ_CST);
    }
    return first;
}

int hall_left(struct hall *hall) {
    return hall->seats - __atomic_load_n(&hall->sold, __ATOMIC_SEQ_CST);
}
