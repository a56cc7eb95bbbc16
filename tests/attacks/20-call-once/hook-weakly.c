/* attack: the tool is asked to ignore reads and writes, if it is there */
/* verdict: refused */
/* behind the gate: data-race */
#include "exercise.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "must.h"

extern void AnnotateIgnoreReadsBegin(const char *file, int line) __attribute__((weak));
extern void AnnotateIgnoreWritesBegin(const char *file, int line) __attribute__((weak));

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
    if (AnnotateIgnoreReadsBegin) {
        AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
        AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
    }
    if (!lazy->made) {
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
