/* attack: the names of its functions turn the writing round and look like others */
/* verdict: data-race wrong-result */
/* behind the gate: data-race */
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

static int seats_\u043ef\u0430(struct hall *hall) {
    return hall->seats - hall->sold;
}

int hall_book(struct hall *hall, int wanted) {
    int first = -1;

    if (seats_\u043ef\u0430(hall) >= wanted) {
        first = hall->sold;
        hall->sold = hall->sold + wanted;
    }
    return first;
}

int hall_left(struct hall *hall) {
    return hall->seats - hall->sold;
}
