/* The student does not want to hold the lock while the value is made. Two threads may then make it. */
/* verdict: wrong-result data-race */
#include "exercise.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "must.h"

struct lazy {
    pthread_mutex_t lock; /* for whoever makes the value */
    bool made;            /* is it there? */
    int value;
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
    must(pthread_mutex_lock(&lazy->lock));
    bool made = lazy->made;
    must(pthread_mutex_unlock(&lazy->lock));
    if (!made) {
        int value = lazy->make(lazy->given);
        must(pthread_mutex_lock(&lazy->lock));
        lazy->value = value; /* fault: data-race */
        lazy->made = true;
        must(pthread_mutex_unlock(&lazy->lock));
    }
    return lazy->value; /* fault: data-race */
}

void lazy_free(struct lazy *lazy) {
    must(pthread_mutex_destroy(&lazy->lock));
    free(lazy);
}
