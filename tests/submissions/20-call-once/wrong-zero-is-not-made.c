/* The student takes 0 for "not made yet". make() may give 0, too. */
/* verdict: wrong-result */
#include "exercise.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "must.h"

struct lazy {
    pthread_mutex_t lock; /* for whoever makes the value */
    atomic_int value;     /* 0: not made yet */
    lazy_maker *make;
    void *given;
};

struct lazy *lazy_new(lazy_maker *make, void *given) {
    struct lazy *lazy = must_alloc(calloc(1, sizeof *lazy));

    must(pthread_mutex_init(&lazy->lock, NULL));
    lazy->make = make;
    lazy->given = given;
    return lazy;
}

int lazy_get(struct lazy *lazy) {
    int value = atomic_load_explicit(&lazy->value, memory_order_acquire);
    if (value == 0) {
        must(pthread_mutex_lock(&lazy->lock));
        value = atomic_load_explicit(&lazy->value, memory_order_relaxed);
        if (value == 0) {
            value = lazy->make(lazy->given);
            atomic_store_explicit(&lazy->value, value, memory_order_release);
        }
        must(pthread_mutex_unlock(&lazy->lock));
    }
    return value;
}

void lazy_free(struct lazy *lazy) {
    must(pthread_mutex_destroy(&lazy->lock));
    free(lazy);
}
