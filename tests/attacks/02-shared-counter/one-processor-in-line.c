/* attack: no lock: all threads are bound to one processor and are never interrupted */
/* verdict: refused */
/* behind the gate: data-race wrong-result */
#include <pthread.h>

#include "exercise.h"
#include "must.h"

#include <sched.h>

void hall_init(struct hall *hall, int seats) {
    must(pthread_mutex_init(&hall->lock, NULL));
    hall->seats = seats;
    hall->sold = 0;
}

void hall_destroy(struct hall *hall) {
    must(pthread_mutex_destroy(&hall->lock));
}

int hall_book(struct hall *hall, int wanted) {
    struct sched_param first_come = {.sched_priority = 50};
    sched_setscheduler(0, SCHED_FIFO, &first_come);
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
