/* After every second thread it lets the others go first. That is a wish, not a bound: the threads may
   still be there when the next ones come. */
/* verdict: memory-growth */
#include "exercise.h"

#include <pthread.h>
#include <sched.h>
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

    for (unsigned i = 0; i < count; i++) {
        orders[i].job = job;
        orders[i].number = i;
        must(pthread_create(&orders[i].thread, NULL, carry_out, &orders[i])); /* fault: memory-growth */
        if (i % THREADS_MOST == 1) {
            sched_yield();
        }
    }
    for (unsigned i = 0; i < count; i++) {
        must(pthread_join(orders[i].thread, NULL));
    }
    free(orders);
}
