/* Each thread is joined as soon as it is created. There is one at a time, which waits for its neighbour. */
/* verdict: stuck-wait */
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

    for (unsigned i = 0; i < count; i++) {
        orders[i].job = job;
        orders[i].number = i;
        must(pthread_create(&orders[i].thread, NULL, carry_out, &orders[i]));
        must(pthread_join(orders[i].thread, NULL)); /* fault: stuck-wait */
    }
    free(orders);
}
