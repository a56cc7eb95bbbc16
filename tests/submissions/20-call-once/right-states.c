/* The student keeps a state, makes the value without the lock, and lets the others wait for it. */
/* verdict: clean */
#include "exercise.h"

#include <pthread.h>
#include <stdlib.h>

#include "must.h"

struct lazy {
    pthread_mutex_t lock;   /* protects state and value */
    pthread_cond_t is_made; /* state has become MADE */
    enum { NOT_MADE, BEING_MADE, MADE } state;
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
    if (lazy->state == NOT_MADE) {
        lazy->state = BEING_MADE;
        must(pthread_mutex_unlock(&lazy->lock));
        int made = lazy->make(lazy->given);
        must(pthread_mutex_lock(&lazy->lock));
        lazy->value = made;
        lazy->state = MADE;
        must(pthread_cond_broadcast(&lazy->is_made));
    }
    while (lazy->state != MADE) {
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
