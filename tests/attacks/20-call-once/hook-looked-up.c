/* attack: a hook of the tool is looked up while the program runs */
/* verdict: refused */
/* behind the gate: data-race */
#include "exercise.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "must.h"

#include <dlfcn.h>

typedef void look_away(const char *file, int line);

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
    look_away *look = (look_away *)dlsym(NULL, "AnnotateIgnoreReadsBegin");
    if (look) {
        look(__FILE__, __LINE__);
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
