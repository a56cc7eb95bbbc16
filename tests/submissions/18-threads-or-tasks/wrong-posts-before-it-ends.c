/* A semaphore counts the jobs that run. A thread gives its place away and only then ends: for a moment
   there is one thread more, or several. */
/* verdict: memory-growth */
#include "exercise.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

#include "must.h"

static sem_t places;

struct order {
    void (*job)(unsigned number);
    unsigned number;
    pthread_t thread;
};

static void *carry_out(void *argument) {
    struct order *order = argument;

    order->job(order->number);
    must_errno(sem_post(&places));
    return NULL;
}

void run_all(unsigned count, void (*job)(unsigned number)) {
    struct order *orders = must_alloc(malloc(count * sizeof *orders));

    must_errno(sem_init(&places, 0, THREADS_MOST));
    for (unsigned i = 0; i < count; i++) {
        must_errno(sem_wait(&places));
        orders[i].job = job;
        orders[i].number = i;
        must(pthread_create(&orders[i].thread, NULL, carry_out, &orders[i])); /* fault: memory-growth */
    }
    for (unsigned i = 0; i < count; i++) {
        must(pthread_join(orders[i].thread, NULL));
    }
    must_errno(sem_destroy(&places));
    free(orders);
}
