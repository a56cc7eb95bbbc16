/* One thread less is started, since the caller is one, too. Jobs shall run in threads that run_all() starts. */
/* verdict: wrong-result */
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
    pthread_t threads[THREADS_MOST - 1];

    must(pthread_mutex_init(&orders.lock, NULL));
    for (int i = 0; i < THREADS_MOST - 1; i++) {
        must(pthread_create(&threads[i], NULL, carry_out, &orders));
    }
    carry_out(&orders); /* the caller is the last worker */
    for (int i = 0; i < THREADS_MOST - 1; i++) {
        must(pthread_join(threads[i], NULL));
    }
    must(pthread_mutex_destroy(&orders.lock));
}
