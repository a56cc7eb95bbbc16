/* The student takes -1 for "not made yet". make() may give -1, too. */
/* verdict: wrong-result */
#include "exercise.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "must.h"

struct lazy {
    pthread_mutex_t lock; /* for whoever makes the value */
    int value;            /* -1: not made yet */
    lazy_maker *make;
    void *given;
};

struct lazy *lazy_new(lazy_maker *make, void *given) {
    struct lazy *lazy = must_alloc(calloc(1, sizeof *lazy));

    must(pthread_mutex_init(&lazy->lock, NULL));
    lazy->value = -1;
    lazy->make = make;
    lazy->given = given;
    return lazy;
}

int lazy_get(struct lazy *lazy) {
    must(pthread_mutex_lock(&lazy->lock));
    if (lazy->value == -1) {
        lazy->value = lazy->make(lazy->given);
    }
    int value = lazy->value;
    must(pthread_mutex_unlock(&lazy->lock));
    return value;
}

void lazy_free(struct lazy *lazy) {
    must(pthread_mutex_destroy(&lazy->lock));
    free(lazy);
}
