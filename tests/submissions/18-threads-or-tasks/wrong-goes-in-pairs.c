/* The student starts two jobs at a time, also where one is left. */
/* verdict: wrong-result */
#include "exercise.h"

#include <pthread.h>
#include "must.h"

struct order {
    void (*job)(unsigned number);
    unsigned number;
};

static void *carry_out(void *argument) {
    struct order *order = argument;
    order->job(order->number);
    return NULL;
}

void run_all(unsigned count, void (*job)(unsigned number)) {
    for (unsigned i = 0; i < count; i += 2) {
        struct order one = {job, i}, two = {job, i + 1};
        pthread_t a, b;
        must(pthread_create(&a, NULL, carry_out, &one));
        must(pthread_create(&b, NULL, carry_out, &two));
        must(pthread_join(a, NULL));
        must(pthread_join(b, NULL));
    }
}
