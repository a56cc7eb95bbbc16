/* A fixed number of workers, but more than there may be. */
/* verdict: memory-growth */
#include "exercise.h"

#include <pthread.h>
#include <stdbool.h>

#include "must.h"

enum { WORKERS = 2 * THREADS_MOST };

struct orders {
    pthread_mutex_t lock; /* protects next */
    unsigned next;        /* the first job that nobody has taken */
    unsigned count;
    void (*job)(unsigned number);
};

static bool take(struct orders *orders, unsigned *number) {
    must(pthread_mutex_lock(&orders->lock));
    bool is_left = orders->next < orders->count;
    if (is_left) {
        *number = orders->next++;
    }
    must(pthread_mutex_unlock(&orders->lock));
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
    pthread_t threads[WORKERS];

    must(pthread_mutex_init(&orders.lock, NULL));
    for (int i = 0; i < WORKERS; i++) {
        must(pthread_create(&threads[i], NULL, carry_out, &orders)); /* fault: memory-growth */
    }
    for (int i = 0; i < WORKERS; i++) {
        must(pthread_join(threads[i], NULL));
    }
    must(pthread_mutex_destroy(&orders.lock));
}
