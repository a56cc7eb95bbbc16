/*
 * Ten threads add one to the same counter. When all of them have ended, the counter should say
 * how many there were.
 */
#include <pthread.h>
#include <stdio.h>

#include "must.h"

enum { THREADS = 10 };

struct counter {
    pthread_mutex_t lock; /* protects value */
    int value;
};

static struct counter counter = {.lock = PTHREAD_MUTEX_INITIALIZER, .value = 0};

static void *add_one(void *unused) {
    (void)unused;

    must(pthread_mutex_lock(&counter.lock));
    counter.value = counter.value + 1;
    must(pthread_mutex_unlock(&counter.lock));
    return NULL;
}

int main(void) {
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++) {
        must(pthread_create(&threads[i], NULL, add_one, NULL));
    }
    for (int i = 0; i < THREADS; i++) {
        must(pthread_join(threads[i], NULL));
    }

    /* No lock: everything a thread did happens before pthread_join() returns. */
    printf("Final count: %d\n", counter.value);
    must(pthread_mutex_destroy(&counter.lock));
    return 0;
}
