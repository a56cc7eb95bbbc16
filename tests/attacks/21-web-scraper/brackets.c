/* attack: expressions are nested deeper than the compiler can follow */
/* verdict: refused compile-error unjudged */
#include "exercise.h"

#include <string.h>

#include "must.h"

#define O (((((((((((((((
#define OO O O O O O O O O O O O O O O O O
static int deep = OO OO OO OO OO OO OO OO 0;

void cache_init(struct cache *cache, int (*fetch)(const char *url)) {
    must(pthread_rwlock_init(&cache->lock, NULL));
    cache->count = 0;
    cache->fetch = fetch;
}

/* NULL when it is not there. */
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
    if (find(cache, url) == NULL) {
        cache->pages[cache->count].url = url;
        cache->pages[cache->count].bytes = bytes;
        cache->count++;
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
