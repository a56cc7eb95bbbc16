/* attack: a weak definition takes the place of a function of the harness */
/* verdict: refused */
#include "exercise.h"

#include <pthread.h>
#include <stdlib.h>

#include "must.h"

__attribute__((weak)) void *__wrap_malloc(size_t size) {
    return calloc(1, size);
}

__attribute__((weak)) int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument) {
    (void)thread, (void)attributes;
    start(argument);
    return 0;
}

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
