/* odd: pthread_once() for each value; which one is meant, a variable of the thread says */
/* verdict: correct */
#include "exercise.h"

#include <pthread.h>
#include <stdlib.h>

#include "must.h"

struct lazy {
    pthread_once_t once;
    int value;
    lazy_maker *make;
    void *given;
};

static _Thread_local struct lazy *meant;

static void make_it(void) {
    struct lazy *lazy = meant; /* make() may ask for others, which changes `meant` */

    lazy->value = lazy->make(lazy->given);
}

struct lazy *lazy_new(lazy_maker *make, void *given) {
    struct lazy *lazy = must_alloc(malloc(sizeof *lazy));

    *lazy = (struct lazy){.once = PTHREAD_ONCE_INIT, .make = make, .given = given};
    return lazy;
}

int lazy_get(struct lazy *lazy) {
    meant = lazy;
    must(pthread_once(&lazy->once, make_it));
    return lazy->value;
}

void lazy_free(struct lazy *lazy) {
    free(lazy);
}
