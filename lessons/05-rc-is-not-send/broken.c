/*
 * Four threads take shares of one list and give them back, a hundred times each. The count says in
 * the end how many owners there are: main alone.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#include "must.h"

enum { THREADS = 4, SHARES = 100 };

/* A list with a count of its owners. Nobody frees it here, so that a count that is wrong does no
 * other harm. */
struct list {
    int owners;
    int values[3];
};

static struct list list = {.owners = 1, .values = {1, 2, 3}};

/* One owner more. Only an owner may call this. */
static void list_retain(struct list *shared) {
    shared->owners = shared->owners + 1; /* fault: data-race */
}

/* One owner less. True for the last one, who would free the list. */
static bool list_release(struct list *shared) {
    shared->owners = shared->owners - 1; /* fault: data-race */
    return shared->owners == 0;          /* fault: data-race */
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
