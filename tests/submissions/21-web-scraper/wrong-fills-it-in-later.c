/* The place is taken under the lock, and the size written without it: others find the page before it is whole. */
/* verdict: data-race wrong-result */
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
    struct page *page = NULL;
    must(pthread_rwlock_wrlock(&cache->lock));
    if (find(cache, url) == NULL) {
        page = &cache->pages[cache->count++];
        page->url = url;
    }
    must(pthread_rwlock_unlock(&cache->lock));
    if (page != NULL) {
        page->bytes = bytes; /* the place is ours */
    }
}

int cache_get(struct cache *cache, const char *url) {
    must(pthread_rwlock_rdlock(&cache->lock));
    const struct page *page = find(cache, url);
    int bytes = page != NULL ? page->bytes : -1;
    must(pthread_rwlock_unlock(&cache->lock));

    if (page == NULL) {
        bytes = cache->fetch(url);
        add(cache, url, bytes);
    }
    return bytes;
}

void cache_destroy(struct cache *cache) {
    must(pthread_rwlock_destroy(&cache->lock));
}
