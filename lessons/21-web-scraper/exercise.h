/*
 * The contract of exercise.c: a cache of pages. Who asks for a page that is not in it fetches the
 * page, and leaves it there for the others.
 *
 * cache_get() may be called by several threads at once.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

#include <pthread.h>
#include <stddef.h>

enum { CACHE_MOST = 8 };

struct cache {
    pthread_rwlock_t lock; /* protects all below but fetch */
    struct page {
        const char *url; /* not copied: it must live as long as the cache */
        int bytes;
    } pages[CACHE_MOST]; /* each page is here at most once */
    size_t count;
    int (*fetch)(const char *url); /* never changes; may be called by several threads at once */
};

/* An empty cache, whose pages come from fetch(). Before any other call, by one thread. */
void cache_init(struct cache *cache, int (*fetch)(const char *url));

/* Gives the size of the page. Who finds no such page calls fetch(), which may wait for long: nobody
 * else waits for it meanwhile. If two threads fetch the same page at once, one of them leaves it in
 * the cache. The caller sees to it that there are at most CACHE_MOST different pages. */
int cache_get(struct cache *cache, const char *url);

/* After all other calls, by one thread. */
void cache_destroy(struct cache *cache);

#endif
