/* odd: a semaphore of its own for each value is its lock */
/* verdict: correct */
#include "exercise.h"

#include <semaphore.h>
#include <stdlib.h>

#include "must.h"

struct lazy {
    sem_t turn;
    lazy_maker *make; /* NULL: it is made */
    union {
        void *given;
        int value;
    } is;
};

struct lazy *lazy_new(lazy_maker *make, void *given) {
    struct lazy *lazy = must_alloc(calloc(1, sizeof *lazy));

    must_errno(sem_init(&lazy->turn, 0, 1));
    lazy->make = make;
    lazy->is.given = given;
    return lazy;
}

int lazy_get(struct lazy *lazy) {
    must_errno(sem_wait(&lazy->turn));
    if (lazy->make != NULL) {
        lazy->is.value = lazy->make(lazy->is.given);
        lazy->make = NULL;
    }
    int value = lazy->is.value;
    must_errno(sem_post(&lazy->turn));
    return value;
}

void lazy_free(struct lazy *lazy) {
    must_errno(sem_destroy(&lazy->turn));
    free(lazy);
}
