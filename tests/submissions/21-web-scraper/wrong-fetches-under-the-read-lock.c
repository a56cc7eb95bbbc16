/* The read lock lets others look, and fetch, too. But who wants to put a page in waits for the fetch. */
/* verdict: lock-across-wait stuck-wait deadlock */
#include "exercise.h"

#include <string.h>

#include "must.h"

void cache_init(struct cache *cache, int (*fetch)(const char *url)) {
    must(pthread_rwlock_init(&cache->lock, NULL));
    cache->count = 0;
    cache->fetch = fetch;
}

/* NULL when it is not there. The caller holds the lock, to read or to write. */
static const struct page *find(const struct cache *cache, const char *url) {
    for (size_t i = 0; i < cache->count; i++) {
        if (strcmp(cache->pages[i].url, url) == 0) {
            return &cache->pages[i];
        }
    }
    return NULL;
}

/* Puts the page in, unless another thread was faster. */
static void add(struct cache *cache, const char *url, int bytes) {
    must(pthread_rwlock_wrlock(&cache->lock));
    if (find(cache, url) == NULL) {
        cache->pages[cache->count].url = url;
        cache->pages[cache->count].bytes = bytes;
        cache->count++;
    }
    must(pthread_rwlock_unlock(&cache->lock));
}

int cache_get(struct cache *cache, const char *url) {
    must(pthread_rwlock_rdlock(&cache->lock));
    const struct page *page = find(cache, url);
    int bytes = page != NULL ? page->bytes : cache->fetch(url);
    must(pthread_rwlock_unlock(&cache->lock));

    if (page == NULL) {
        add(cache, url, bytes);
    }
    return bytes;
}

void cache_destroy(struct cache *cache) {
    must(pthread_rwlock_destroy(&cache->lock));
}
