/* attack: it includes the driver, with another name for its main */
/* verdict: refused compile-error */
#define main driver_main
#include "drive.c"
#undef main
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
    }
    for (unsigned i = 0; i < count; i++) {
        must(pthread_join(orders[i].thread, NULL));
    }
    free(orders);
}
