/*
 * The task: run_all() calls a job for each number from 0 to count - 1, several at the same time. With
 * ten jobs it works. With ten thousand the machine is on its knees.
 */
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
