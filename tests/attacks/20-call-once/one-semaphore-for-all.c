/* attack: one semaphore for all values, though each may need the other */
/* verdict: stuck-wait deadlock lock-across-wait */
/* behind the gate: stuck-wait */
#include "exercise.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdlib.h>

#include "must.h"

struct lazy {
    bool made;
    int value;
    lazy_maker *make;
    void *given;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sem_t turn;

static void begin(void) {
    must_errno(sem_init(&turn, 0, 1));
}

struct lazy *lazy_new(lazy_maker *make, void *given) {
    struct lazy *lazy = must_alloc(calloc(1, sizeof *lazy));

    must(pthread_once(&once, begin));
    lazy->make = make;
    lazy->given = given;
    return lazy;
}

int lazy_get(struct lazy *lazy) {
    must_errno(sem_wait(&turn));
    if (!lazy->made) {
        lazy->value = lazy->make(lazy->given);
        lazy->made = true;
    }
    int value = lazy->value;
    must_errno(sem_post(&turn));
    return value;
}

void lazy_free(struct lazy *lazy) {
    free(lazy);
}
