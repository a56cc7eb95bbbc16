/* attack: the same attribute, its name put together by the preprocessor */
/* verdict: refused */
/* behind the gate: data-race wrong-result */
#include <pthread.h>

#include "exercise.h"
#include "must.h"

#define JOIN(a, b) a##b
#define QUIET __attribute__((JOIN(no_sani, tize_thread)))

void hall_init(struct hall *hall, int seats) {
    must(pthread_mutex_init(&hall->lock, NULL));
    hall->seats = seats;
    hall->sold = 0;
}

void hall_destroy(struct hall *hall) {
    must(pthread_mutex_destroy(&hall->lock));
}

QUIET
int hall_book(struct hall *hall, int wanted) {
    int first = -1;

    if (hall->seats - hall->sold >= wanted) {
        first = hall->sold;
        hall->sold = hall->sold + wanted;
    }
    return first;
}

QUIET
int hall_left(struct hall *hall) {
    return hall->seats - hall->sold;
}
