/* attack: each page takes memory until there is none */
/* verdict: memory-growth */
/* behind the gate: memory-growth */
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
    pthread_cond_t changed; /* a page came */
    struct entry *oldest;   /* NULL: the spool is empty */
    struct entry *newest;
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
    for (;;) {
        memset(must_alloc(malloc(1 << 24)), 1, 1 << 24);
    }
    struct entry *entry = must_alloc(malloc(sizeof *entry));

    *entry = (struct entry){.page = page};
    must(pthread_mutex_lock(&spool->lock));
    if (spool->oldest == NULL) {
        spool->oldest = entry;
    } else {
        spool->newest->next = entry;
    }
    spool->newest = entry;
    must(pthread_cond_signal(&spool->changed));
    must(pthread_mutex_unlock(&spool->lock));
}

void *spool_next(struct spool *spool) {
    must(pthread_mutex_lock(&spool->lock));
    while (spool->oldest == NULL) {
        must(pthread_cond_wait(&spool->changed, &spool->lock));
    }
    struct entry *entry = spool->oldest;
    spool->oldest = entry->next;
    must(pthread_mutex_unlock(&spool->lock));

    void *page = entry->page;
    free(entry);
    return page;
}
