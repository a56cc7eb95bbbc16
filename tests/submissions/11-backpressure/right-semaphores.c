/* The student took a ring with as many slots as pages may wait, and one semaphore each for free and full
 * slots. */
/* verdict: clean */
#include "exercise.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

#include "must.h"

struct spool {
    sem_t room;           /* slots that are free */
    sem_t pages;          /* slots that are full */
    pthread_mutex_t lock; /* protects all below */
    void *slots[SPOOL_PAGES];
    unsigned added;
    unsigned taken;
};

struct spool *spool_new(void) {
    struct spool *spool = must_alloc(calloc(1, sizeof *spool));

    must_errno(sem_init(&spool->room, 0, SPOOL_PAGES));
    must_errno(sem_init(&spool->pages, 0, 0));
    must(pthread_mutex_init(&spool->lock, NULL));
    return spool;
}

void spool_free(struct spool *spool) {
    must(pthread_mutex_destroy(&spool->lock));
    must_errno(sem_destroy(&spool->pages));
    must_errno(sem_destroy(&spool->room));
    free(spool);
}

void spool_add(struct spool *spool, void *page) {
    must_errno(sem_wait(&spool->room));
    must(pthread_mutex_lock(&spool->lock));
    spool->slots[spool->added++ % SPOOL_PAGES] = page;
    must(pthread_mutex_unlock(&spool->lock));
    must_errno(sem_post(&spool->pages));
}

void *spool_next(struct spool *spool) {
    must_errno(sem_wait(&spool->pages));
    must(pthread_mutex_lock(&spool->lock));
    void *page = spool->slots[spool->taken++ % SPOOL_PAGES];
    must(pthread_mutex_unlock(&spool->lock));
    must_errno(sem_post(&spool->room));
    return page;
}
