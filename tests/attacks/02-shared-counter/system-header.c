/* attack: the file claims to be a header of the system, whose warnings and faults nobody wants to see */
/* verdict: refused data-race wrong-result */
/* behind the gate: data-race wrong-result */
#include <pthread.h>

#include "exercise.h"
#include "must.h"

#pragma GCC system_header
#line 1 "/usr/include/stdio.h"

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

    if (hall->seats - hall->sold >= wanted) {
        first = hall->sold;
        hall->sold = hall->sold + wanted;
    }
    return first;
}

int hall_left(struct hall *hall) {
    return hall->seats - hall->sold;
}
