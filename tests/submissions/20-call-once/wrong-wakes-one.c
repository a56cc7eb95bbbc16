/* Signals where several may wait: one of them is woken, the others wait for ever. */
/* verdict: stuck-wait */
#include "exercise.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "must.h"

struct lazy {
    pthread_mutex_t lock; /* for whoever makes the value */
    pthread_cond_t is_made;
    int state;
    int value;
    lazy_maker *make;
    void *given;
};

struct lazy *lazy_new(lazy_maker *make, void *given) {
    struct lazy *lazy = must_alloc(calloc(1, sizeof *lazy));

    must(pthread_mutex_init(&lazy->lock, NULL));
    must(pthread_cond_init(&lazy->is_made, NULL));
    lazy->make = make;
    lazy->given = given;
    return lazy;
}

int lazy_get(struct lazy *lazy) {
    must(pthread_mutex_lock(&lazy->lock));
    if (lazy->state == 0) {
        lazy->state = 1;
        must(pthread_mutex_unlock(&lazy->lock));
        int value = lazy->make(lazy->given);
        must(pthread_mutex_lock(&lazy->lock));
        lazy->value = value;
        lazy->state = 2;
        must(pthread_cond_signal(&lazy->is_made));
    }
    while (lazy->state != 2) {
        must(pthread_cond_wait(&lazy->is_made, &lazy->lock));
    }
    int value = lazy->value;
    must(pthread_mutex_unlock(&lazy->lock));
    return value;
}

void lazy_free(struct lazy *lazy) {
    must(pthread_cond_destroy(&lazy->is_made));
    must(pthread_mutex_destroy(&lazy->lock));
    free(lazy);
}
