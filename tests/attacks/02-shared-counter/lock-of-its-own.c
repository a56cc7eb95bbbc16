/* attack: the library lock is replaced by one that does nothing; the tools believe in it */
/* verdict: refused */
#include <pthread.h>

#include "exercise.h"
#include "must.h"

int pretend(pthread_mutex_t *lock) __asm__("pthread_mutex_lock");
int pretend(pthread_mutex_t *lock) {
    (void)lock;
    return 0;
}

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

    must(pthread_mutex_lock(&hall->lock));
    if (hall->seats - hall->sold >= wanted) {
        first = hall->sold;
        hall->sold = hall->sold + wanted;
    }
    must(pthread_mutex_unlock(&hall->lock));
    return first;
}

int hall_left(struct hall *hall) {
    must(pthread_mutex_lock(&hall->lock));
    int left = hall->seats - hall->sold;
    must(pthread_mutex_unlock(&hall->lock));
    return left;
}
