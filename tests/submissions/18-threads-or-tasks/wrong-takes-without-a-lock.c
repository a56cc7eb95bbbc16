/* Two workers, as it should be; but both take the next number without a lock, and may take the same one. */
/* verdict: data-race wrong-result stuck-wait */
#include "exercise.h"

#include <pthread.h>
#include <stdbool.h>

#include "must.h"

struct orders {
    pthread_mutex_t lock; /* protects next */
    unsigned next;        /* the first job that nobody has taken */
    unsigned count;
    void (*job)(unsigned number);
};

static bool take(struct orders *orders, unsigned *number) {
    bool is_left = orders->next < orders->count; /* fault: data-race */
    if (is_left) {
        *number = orders->next++; /* fault: data-race */
    }
    return is_left;
}

static void *carry_out(void *argument) {
    struct orders *orders = argument;

    for (unsigned number; take(orders, &number);) {
        orders->job(number);
    }
    return NULL;
}

void run_all(unsigned count, void (*job)(unsigned number)) {
    struct orders orders = {.count = count, .job = job};
    pthread_t threads[THREADS_MOST];

    must(pthread_mutex_init(&orders.lock, NULL));
    for (int i = 0; i < THREADS_MOST; i++) {
        must(pthread_create(&threads[i], NULL, carry_out, &orders));
    }
    for (int i = 0; i < THREADS_MOST; i++) {
        must(pthread_join(threads[i], NULL));
    }
    must(pthread_mutex_destroy(&orders.lock));
}
