#include "pool.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "must.h"

struct job {
    void (*function)(void *);
    void *argument;
    struct job *next;
};

struct pool {
    pthread_mutex_t lock;   /* protects first, last and closing */
    pthread_cond_t changed; /* a job has come, or closing is set */
    struct job *first;      /* the oldest that no worker has taken; the queue owns its jobs */
    struct job *last;       /* only good while first is not NULL */
    bool closing;           /* once the queue is empty, workers end */
    unsigned workers;
    pthread_t threads[];
};

/* Waits for a job and gives it to the caller, who frees it; NULL when there will be no more. */
static struct job *take(struct pool *pool) {
    must(pthread_mutex_lock(&pool->lock));
    while (pool->first == NULL && !pool->closing) {
        must(pthread_cond_wait(&pool->changed, &pool->lock));
    }
    struct job *job = pool->first;
    if (job != NULL) {
        pool->first = job->next;
    }
    must(pthread_mutex_unlock(&pool->lock));
    return job;
}

static void *work(void *argument) {
    struct pool *pool = argument;

    /* A job that submits another one while the pool closes leaves it to its own worker, if the others
     * have ended: that worker comes back here before it ends itself. So no job is left behind. */
    for (struct job *job; (job = take(pool)) != NULL;) {
        job->function(job->argument); /* without the lock: jobs run side by side, and may submit */
        free(job);
    }
    return NULL;
}

struct pool *pool_create(unsigned workers) {
    struct pool *pool = must_alloc(malloc(sizeof *pool + workers * sizeof pool->threads[0]));

    *pool = (struct pool){.workers = workers};
    must(pthread_mutex_init(&pool->lock, NULL));
    must(pthread_cond_init(&pool->changed, NULL));
    for (unsigned i = 0; i < workers; i++) {
        must(pthread_create(&pool->threads[i], NULL, work, pool));
    }
    return pool;
}

void pool_submit(struct pool *pool, void (*function)(void *), void *argument) {
    struct job *job = must_alloc(malloc(sizeof *job));

    *job = (struct job){.function = function, .argument = argument};
    must(pthread_mutex_lock(&pool->lock));
    if (pool->first == NULL) {
        pool->first = job;
    } else {
        pool->last->next = job;
    }
    pool->last = job;
    must(pthread_cond_signal(&pool->changed));
    must(pthread_mutex_unlock(&pool->lock));
}

void pool_destroy(struct pool *pool) {
    must(pthread_mutex_lock(&pool->lock));
    pool->closing = true;
    must(pthread_cond_broadcast(&pool->changed)); /* every worker that waits has to look */
    must(pthread_mutex_unlock(&pool->lock));
    for (unsigned i = 0; i < pool->workers; i++) {
        must(pthread_join(pool->threads[i], NULL));
    }
    must(pthread_cond_destroy(&pool->changed));
    must(pthread_mutex_destroy(&pool->lock));
    free(pool);
}
