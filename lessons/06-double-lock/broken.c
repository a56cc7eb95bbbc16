/*
 * A ticket office with five seats. Three customers want two each, all at the same time: two of them
 * get theirs, and one goes away.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#include "must.h"

enum { CUSTOMERS = 3, WANTED = 2 };

struct office {
    pthread_mutex_t lock; /* protects sold */
    int seats;
    int sold;
};

static struct office office = {.lock = PTHREAD_MUTEX_INITIALIZER, .seats = 5, .sold = 0};

/* The caller holds the lock. */
static int seats_left_locked(const struct office *here) {
    return here->seats - here->sold;
}

/* Takes the lock. */
static int seats_left(struct office *here) {
    must(pthread_mutex_lock(&here->lock)); /* fault: double-lock */
    int left = seats_left_locked(here);
    must(pthread_mutex_unlock(&here->lock));
    return left;
}

/* Takes the lock. All the tickets or none; it says whether they were sold. */
static bool sell(struct office *here, int tickets) {
    must(pthread_mutex_lock(&here->lock));
    bool enough = seats_left(here) >= tickets;
    if (enough) {
        here->sold += tickets;
    }
    must(pthread_mutex_unlock(&here->lock));
    return enough;
}

static void *customer(void *got_tickets) {
    bool *got = got_tickets;

    *got = sell(&office, WANTED);
    return NULL;
}

int main(void) {
    pthread_t threads[CUSTOMERS];
    bool got[CUSTOMERS];
    int happy = 0;

    for (int i = 0; i < CUSTOMERS; i++) {
        must(pthread_create(&threads[i], NULL, customer, &got[i]));
    }
    for (int i = 0; i < CUSTOMERS; i++) {
        must(pthread_join(threads[i], NULL));
        happy += got[i];
    }

    printf("Customers with tickets: %d\nSeats left: %d\n", happy, seats_left(&office));
    must(pthread_mutex_destroy(&office.lock));
    return 0;
}
