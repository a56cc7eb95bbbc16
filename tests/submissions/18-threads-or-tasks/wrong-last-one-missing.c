/* Goes in waves of two, and forgets the last of an odd number. */
/* verdict: wrong-result */
#include "exercise.h"

#include <pthread.h>
#include <stdlib.h>

#include "must.h"

struct order {
    void (*job)(unsigned number);
    unsigned number;
    pthread_t thread;
};

static void *carry_out(void *argument) {
    struct order *order = argument;

    order->job(order->number);
    return NULL;
}

void run_all(unsigned count, void (*job)(unsigned number)) {
    struct order *orders = must_alloc(malloc(count * sizeof *orders));

    for (unsigned done = 0; done + THREADS_MOST <= count;) {
        unsigned end = done + THREADS_MOST;
        for (unsigned i = done; i < end; i++) {
            orders[i].job = job;
            orders[i].number = i;
            must(pthread_create(&orders[i].thread, NULL, carry_out, &orders[i]));
        }
        for (; done < end; done++) {
            must(pthread_join(orders[done].thread, NULL));
        }
    }
    free(orders);
}
