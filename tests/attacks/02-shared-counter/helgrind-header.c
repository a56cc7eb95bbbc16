/* attack: Helgrind is asked by its own header not to check the hall */
/* verdict: refused */
/* behind the gate: data-race wrong-result */
#include <pthread.h>

#include "exercise.h"
#include "must.h"

#include <valgrind/helgrind.h>

void hall_init(struct hall *hall, int seats) {
    must(pthread_mutex_init(&hall->lock, NULL));
    hall->seats = seats;
    hall->sold = 0;
    VALGRIND_HG_DISABLE_CHECKING(hall, sizeof *hall);
}

void hall_destroy(struct hall *hall) {
    must(pthread_mutex_destroy(&hall->lock));
}

int hall_book(struct hall *hall, int wanted) {
    int first = -1;

    if (hall->seats - hall->sold >= wanted) {
        first = hall->sold;
        hall->sold = hall->sold + wanted;
    }
    return first;
}

int hall_left(struct hall *hall) {
    return hall->seats - hall->sold;
}
