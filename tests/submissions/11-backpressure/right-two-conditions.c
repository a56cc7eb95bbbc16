/* The student keeps those who wait for room apart from the one who waits for a page. Then a signal is
 * enough. */
/* verdict: clean */
#include "exercise.h"

#include <pthread.h>
#include <stdlib.h>

#include "must.h"

struct entry {
    struct entry *next; /* the one added after this */
    void *page;
};

struct spool {
    pthread_mutex_t lock; /* protects all below */
    pthread_cond_t came;  /* a page */
    pthread_cond_t went;  /* a page */
    struct entry *oldest; /* NULL: the spool is empty */
    struct entry *newest;
    int waiting; /* entries */
};

struct spool *spool_new(void) {
    struct spool *spool = must_alloc(calloc(1, sizeof *spool));

    must(pthread_mutex_init(&spool->lock, NULL));
    must(pthread_cond_init(&spool->came, NULL));
    must(pthread_cond_init(&spool->went, NULL));
    return spool;
}

void spool_free(struct spool *spool) {
    must(pthread_cond_destroy(&spool->came));
    must(pthread_cond_destroy(&spool->went));
    must(pthread_mutex_destroy(&spool->lock));
    free(spool);
}

void spool_add(struct spool *spool, void *page) {
    struct entry *entry = must_alloc(malloc(sizeof *entry));

    *entry = (struct entry){.page = page};
    must(pthread_mutex_lock(&spool->lock));
    while (spool->waiting == SPOOL_PAGES) {
        must(pthread_cond_wait(&spool->went, &spool->lock));
    }
    if (spool->oldest == NULL) {
        spool->oldest = entry;
    } else {
        spool->newest->next = entry;
    }
    spool->newest = entry;
    spool->waiting++;
    must(pthread_cond_signal(&spool->came));
    must(pthread_mutex_unlock(&spool->lock));
}

void *spool_next(struct spool *spool) {
    must(pthread_mutex_lock(&spool->lock));
    while (spool->oldest == NULL) {
        must(pthread_cond_wait(&spool->came, &spool->lock));
    }
    struct entry *entry = spool->oldest;
    spool->oldest = entry->next;
    spool->waiting--;
    must(pthread_cond_signal(&spool->went));
    must(pthread_mutex_unlock(&spool->lock));

    void *page = entry->page;
    free(entry);
    return page;
}
