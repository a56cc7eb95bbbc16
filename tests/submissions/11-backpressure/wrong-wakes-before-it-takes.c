/* spool_next() wakes the authors before it takes the lock and the page: who sleeps then learns of the
 * room only when the printer asks for the next page. */
/* verdict: stuck-wait */
#include "exercise.h"

#include <pthread.h>
#include <stdlib.h>

#include "must.h"

struct entry {
    struct entry *next; /* the one added after this */
    void *page;
};

struct spool {
    pthread_mutex_t lock;   /* protects all below */
    pthread_cond_t changed; /* a page came or went */
    struct entry *oldest;   /* NULL: the spool is empty */
    struct entry *newest;
    int waiting; /* entries */
};

struct spool *spool_new(void) {
    struct spool *spool = must_alloc(calloc(1, sizeof *spool));

    must(pthread_mutex_init(&spool->lock, NULL));
    must(pthread_cond_init(&spool->changed, NULL));
    return spool;
}

void spool_free(struct spool *spool) {
    must(pthread_cond_destroy(&spool->changed));
    must(pthread_mutex_destroy(&spool->lock));
    free(spool);
}

void spool_add(struct spool *spool, void *page) {
    struct entry *entry = must_alloc(malloc(sizeof *entry));

    *entry = (struct entry){.page = page};
    must(pthread_mutex_lock(&spool->lock));
    while (spool->waiting == SPOOL_PAGES) {
        must(pthread_cond_wait(&spool->changed, &spool->lock));
    }
    if (spool->oldest == NULL) {
        spool->oldest = entry;
    } else {
        spool->newest->next = entry;
    }
    spool->newest = entry;
    spool->waiting++;
    must(pthread_cond_broadcast(&spool->changed));
    must(pthread_mutex_unlock(&spool->lock));
}

void *spool_next(struct spool *spool) {
    must(pthread_cond_broadcast(&spool->changed));
    must(pthread_mutex_lock(&spool->lock));
    while (spool->oldest == NULL) {
        must(pthread_cond_wait(&spool->changed, &spool->lock));
    }
    struct entry *entry = spool->oldest;
    spool->oldest = entry->next;
    spool->waiting--;
    must(pthread_mutex_unlock(&spool->lock));

    void *page = entry->page;
    free(entry);
    return page;
}
