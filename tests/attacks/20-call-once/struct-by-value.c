/* attack: the racing reads are hidden in an argument that the machine copies; an atomic discredits Helgrind */
/* verdict: refused data-race */
#include "exercise.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "must.h"

#include <stdatomic.h>

static atomic_int excuse;

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

static bool is_made(struct lazy copy) {
    return copy.made;
}

int lazy_get(struct lazy *lazy) {
    atomic_fetch_add_explicit(&excuse, 1, memory_order_relaxed);
    if (!is_made(*lazy)) {
        must(pthread_mutex_lock(&lazy->lock));
        if (!lazy->made) {
            lazy->value = lazy->make(lazy->given);
            lazy->made = true;
        }
        must(pthread_mutex_unlock(&lazy->lock));
    }
    return lazy->value;
}

void lazy_free(struct lazy *lazy) {
    must(pthread_mutex_destroy(&lazy->lock));
    free(lazy);
}
