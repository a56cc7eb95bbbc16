/*
 * A pool: two workers carry out the jobs that main submits. At shutdown they do what is left, and
 * then they end. Every job is done exactly once.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#include "must.h"

enum { WORKERS = 2, JOBS = 2 };

struct job {
    void (*function)(void *);
    void *argument;
};

struct pool {
    pthread_mutex_t lock;   /* protects all below, up to closing */
    pthread_cond_t changed; /* a job has come, or closing is set */
    struct job jobs[JOBS];  /* room for all of them */
    int submitted;
    int taken;
    bool closing; /* no more jobs will come */
    pthread_t workers[WORKERS];
};

static struct pool pool = {
    .lock = PTHREAD_MUTEX_INITIALIZER,
    .changed = PTHREAD_COND_INITIALIZER,
};

/* Waits for a job and gives it to the caller; false when there will be no more. */
static bool pool_take(struct job *job) {
    must(pthread_mutex_lock(&pool.lock));
    while (pool.taken == pool.submitted && !pool.closing) {
        must(pthread_cond_wait(&pool.changed, &pool.lock));
    }
    bool there = pool.taken < pool.submitted;
    if (there) {
        *job = pool.jobs[pool.taken++];
    }
    must(pthread_mutex_unlock(&pool.lock));
    return there;
}

static void *work(void *unused) {
    struct job job;

    while (pool_take(&job)) {
        job.function(job.argument); /* without the lock, so that jobs run side by side */
    }
    return unused;
}

static void pool_start(void) {
    for (int i = 0; i < WORKERS; i++) {
        must(pthread_create(&pool.workers[i], NULL, work, NULL));
    }
}

static void pool_submit(void (*function)(void *), void *argument) {
    must(pthread_mutex_lock(&pool.lock));
    pool.jobs[pool.submitted++] = (struct job){.function = function, .argument = argument};
    must(pthread_cond_signal(&pool.changed));
    must(pthread_mutex_unlock(&pool.lock));
}

/* Returns when all jobs are done and the workers have ended. */
static void pool_shut_down(void) {
    must(pthread_mutex_lock(&pool.lock));
    pool.closing = true;
    must(pthread_cond_broadcast(&pool.changed)); /* both workers have to look */
    must(pthread_mutex_unlock(&pool.lock));
    for (int i = 0; i < WORKERS; i++) {
        must(pthread_join(pool.workers[i], NULL));
    }
}

/* A job: squares the number, in its place. */
static void square(void *argument) {
    int *number = argument;

    *number *= *number;
}

int main(void) {
    int numbers[JOBS] = {3, 4};

    pool_start();
    for (int i = 0; i < JOBS; i++) {
        pool_submit(square, &numbers[i]);
    }
    pool_shut_down();

    /* A job that was left out or done twice would show here. */
    printf("Squares: %d %d\n", numbers[0], numbers[1]);
    must(pthread_cond_destroy(&pool.changed));
    must(pthread_mutex_destroy(&pool.lock));
    return 0;
}
