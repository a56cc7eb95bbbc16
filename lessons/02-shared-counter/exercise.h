/*
 * A concert hall sells its seats, one after the other. Several cash desks sell at the same time.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

#include <pthread.h>

/* Only the functions below touch the fields. */
struct hall {
    pthread_mutex_t lock;
    int seats; /* from 0 to seats - 1; it does not change */
    int sold;  /* the seats from 0 to sold - 1 */
};

/* An empty hall. hall_destroy() follows when no desk uses it any more. */
void hall_init(struct hall *hall, int seats);
void hall_destroy(struct hall *hall);

/*
 * These may be called by several threads at once.
 *
 * hall_book() sells the next `wanted` seats, side by side, and returns the first of them. When so
 * many are not left it sells none, and returns -1. No seat is sold twice, and none is left out.
 *
 * hall_left() returns how many seats are not sold yet.
 */
int hall_book(struct hall *hall, int wanted);
int hall_left(struct hall *hall);

#endif
