/*
 * Four threads take shares of one list and give them back, a hundred times each. The count says in
 * the end how many owners there are: main alone.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

#include "must.h"

enum { THREADS = 4, SHARES = 100 };

/* A list with a count of its owners. Nobody frees it here, so that a count that is wrong does no
 * other harm. */
struct list {
    atomic_int owners;
    int values[3];
};

static struct list list = {.owners = 1, .values = {1, 2, 3}};

/* One owner more. Only an owner may call this. */
static void list_retain(struct list *shared) {
    /* relaxed: it orders nothing. The caller is an owner, so the list cannot go away here. */
    atomic_fetch_add_explicit(&shared->owners, 1, memory_order_relaxed);
}

/* One owner less. True for the last one, who would free the list. */
static bool list_release(struct list *shared) {
    /* release: all that this owner did with the list happens before it is counted out.
     * acquire: all that the others did happens before the last one frees the list. */
    return atomic_fetch_sub_explicit(&shared->owners, 1, memory_order_acq_rel) == 1;
}

static void *come_and_go(void *argument) {
    struct list *shared = argument;

    for (int i = 0; i < SHARES; i++) {
        list_retain(shared);
        list_release(shared);
    }
    return NULL;
}

int main(void) {
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++) {
        must(pthread_create(&threads[i], NULL, come_and_go, &list));
    }
    for (int i = 0; i < THREADS; i++) {
        must(pthread_join(threads[i], NULL));
    }

    printf("Owners: %d\n", list.owners);
    printf("main is the last: %s\n", list_release(&list) ? "yes" : "no");
    return 0;
}
