/* The student took one lock for all values. While one is made, no other one can be. */
/* verdict: lock-across-wait stuck-wait */
#include "exercise.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "must.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of all values */

struct lazy {
    atomic_bool made; /* is it there? true is stored after the value */
    int value;
    lazy_maker *make;
    void *given;
};

struct lazy *lazy_new(lazy_maker *make, void *given) {
    struct lazy *lazy = must_alloc(calloc(1, sizeof *lazy));

    lazy->make = make;
    lazy->given = given;
    return lazy;
}

int lazy_get(struct lazy *lazy) {
    if (!atomic_load_explicit(&lazy->made, memory_order_acquire)) {
        must(pthread_mutex_lock(&lock));
        if (!atomic_load_explicit(&lazy->made, memory_order_relaxed)) {
            lazy->value = lazy->make(lazy->given);
            atomic_store_explicit(&lazy->made, true, memory_order_release);
        }
        must(pthread_mutex_unlock(&lock));
    }
    return lazy->value;
}

void lazy_free(struct lazy *lazy) {
    free(lazy);
}
