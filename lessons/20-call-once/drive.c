/*
 * Two threads want the same two values, in opposite order. The two makers wait for each other, so
 * they have to run at the same time. Then both threads and main want a third value.
 */
#include <pthread.h>
#include <stdatomic.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

enum { VALUES = 3, THIRD = 2 };

/* What make() is given. */
struct recipe {
    atomic_int made; /* how often */
    int value;
};

static pthread_barrier_t both_are_making;
static struct recipe recipes[VALUES];
static struct lazy *lazy[VALUES];

static int make(void *given) {
    struct recipe *recipe = given;

    if (atomic_fetch_add(&recipe->made, 1) == 0 && recipe != &recipes[THIRD]) {
        /* One thread makes the one value, the other thread makes the other one. A lock that both
         * of them need lets only one of them come here: it waits for ever. */
        (void)pthread_barrier_wait(&both_are_making);
    }
    return recipe->value;
}

static void get(int which) {
    int value = lazy_get(lazy[which]);

    check(value == recipes[which].value, "lazy_get() gave %d; make() made %d", value,
          recipes[which].value);
}

static void *get_one_first(void *unused) {
    get(0);
    get(1);
    get(THIRD); /* stuck here? It is made, and nobody says so to all who wait for it */
    return unused;
}

static void *get_other_first(void *unused) {
    get(1);
    get(0);
    get(THIRD);
    return unused;
}

int main(void) {
    pthread_t threads[2];

    int zero = (int)drive_number(2); /* a value may be any number, 0 and -1 as well */
    must(pthread_barrier_init(&both_are_making, NULL, 2));
    for (int i = 0; i < VALUES; i++) {
        recipes[i].value = i == zero ? 0 : -1;
        lazy[i] = lazy_new(make, &recipes[i]);
    }
    must(pthread_create(&threads[0], NULL, get_one_first, NULL));
    must(pthread_create(&threads[1], NULL, get_other_first, NULL));
    get(THIRD);
    for (int i = 0; i < 2; i++) {
        must(pthread_join(threads[i], NULL));
    }
    for (int i = 0; i < VALUES; i++) {
        check(atomic_load(&recipes[i].made) == 1, "a value was made %d times, and not once",
              atomic_load(&recipes[i].made));
        lazy_free(lazy[i]);
        lazy[i] = NULL; /* what was not freed is a leak, and no longer reachable from here */
    }
    must(pthread_barrier_destroy(&both_are_making));
    drive_done();
    return 0;
}
