/* lazy_free() destroys the lock, and forgets the memory. */
/* verdict: leak */
#include "exercise.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "must.h"

struct lazy {
    pthread_mutex_t lock; /* for whoever makes the value */
    atomic_bool made;     /* is it there? true is stored after the value */
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
    /* acquire: whoever sees that it is made also sees the value. */
    if (!atomic_load_explicit(&lazy->made, memory_order_acquire)) {
        must(pthread_mutex_lock(&lazy->lock));
        /* relaxed: it changes only under the lock, and the lock makes the order. */
        if (!atomic_load_explicit(&lazy->made, memory_order_relaxed)) {
            lazy->value = lazy->make(lazy->given);
            /* release: the value is there before others see that it is. */
            atomic_store_explicit(&lazy->made, true, memory_order_release);
        }
        must(pthread_mutex_unlock(&lazy->lock));
    }
    return lazy->value;
}

void lazy_free(struct lazy *lazy) {
    must(pthread_mutex_destroy(&lazy->lock));
}
