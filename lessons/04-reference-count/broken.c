/*
 * Three threads share one list, and main leaves it to them. The list counts its owners; the last
 * one to leave frees it.
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "must.h"

/* An atomically reference-counted list. After arc_new() only the count changes. */
struct arc {
    atomic_int owners;
    int values[3];
};

/* The last reader waits for it, so that main is always gone when that one reads. */
static sem_t main_has_released;

/* The caller is the one owner. */
static struct arc *arc_new(int a, int b, int c) {
    struct arc *arc = must_alloc(malloc(sizeof *arc));

    atomic_init(&arc->owners, 1);
    arc->values[0] = a;
    arc->values[1] = b;
    arc->values[2] = c;
    return arc;
}

/* One owner more. Only an owner may call this. */
static struct arc *arc_retain(struct arc *arc) {
    /* relaxed: it orders nothing. The caller is an owner, so the list cannot go away here, and
     * pthread_create() is what makes the list visible to the new thread. */
    atomic_fetch_add_explicit(&arc->owners, 1, memory_order_relaxed);
    return arc;
}

/* One owner less. The caller must not touch the list again. */
static void arc_release(struct arc *arc) {
    /* release: all that this owner did with the list happens before it is counted out.
     * acquire: all that the others did happens before the free. */
    if (atomic_fetch_sub_explicit(&arc->owners, 1, memory_order_acq_rel) == 1) {
        free(arc);
    }
}

/* Becomes an owner: it releases what it is given. */
static void *print_list(void *list) {
    struct arc *arc = list;
    const int *values = arc->values;

    printf("[%d, %d, %d]\n", values[0], values[1], values[2]); /* fault: use-after-free */
    arc_release(arc);
    return NULL;
}

static void *print_list_last(void *list) {
    must_errno(sem_wait(&main_has_released));
    return print_list(list);
}

int main(void) {
    pthread_t first, second, last;
    struct arc *list = arc_new(1, 2, 3);

    must_errno(sem_init(&main_has_released, 0, 0));
    must(pthread_create(&first, NULL, print_list, arc_retain(list)));
    must(pthread_create(&second, NULL, print_list, arc_retain(list)));
    must(pthread_create(&last, NULL, print_list_last, list)); /* the cause: no retain */

    must(pthread_join(first, NULL));
    must(pthread_join(second, NULL));
    arc_release(list);
    must_errno(sem_post(&main_has_released));

    must(pthread_join(last, NULL));
    must_errno(sem_destroy(&main_has_released));
    return 0;
}
