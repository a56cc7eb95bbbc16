/*
 * Two threads ask an empty cache for pages, first for two different ones, then for the same. The two
 * fetches of a round meet at a barrier: each waits there until the other has come as well. Then one page is
 * fetched for so long that another one is there before it.
 */
#include <semaphore.h>
#include <stdbool.h>
#include <string.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

static struct cache cache;
static pthread_barrier_t both_fetch;
static sem_t quick_is_there; /* the page /e; /d is fetched for so long */
static bool alone;           /* only main runs, and no page need be fetched any more */
static int size;             /* of the page /a; set before there are threads */

static int fetch(const char *url) {
    check(!alone, "%s was asked for before, yet it is fetched again: it is not in the cache", url);
    if (strcmp(url, "/d") == 0) {
        must_errno(sem_wait(&quick_is_there)); /* stuck here? Who gets /e waits for this fetch */
    } else if (strcmp(url, "/e") != 0) {
        int result = pthread_barrier_wait(&both_fetch);
        check(result == 0 || result == PTHREAD_BARRIER_SERIAL_THREAD, "the barrier does not work");
    }
    return size + url[1] - 'a';
}

static void *ask(void *argument) {
    const char *url = argument;
    int bytes = cache_get(&cache, url);

    check(bytes == size + url[1] - 'a', "%s has %d bytes; cache_get() said %d", url,
          size + url[1] - 'a', bytes);
    return NULL;
}

static void ask_at_once(char *one, char *other) {
    pthread_t thread;

    must(pthread_create(&thread, NULL, ask, one));
    ask(other);
    must(pthread_join(thread, NULL));
}

/* And asks for the slow page itself, while it is perhaps just put in. */
static void ask_meanwhile(char *slow, char *quick) {
    pthread_t thread;

    must(pthread_create(&thread, NULL, ask, slow));
    ask(quick);
    must_errno(sem_post(&quick_is_there));
    must_errno(sem_post(&quick_is_there)); /* both may fetch it */
    ask(slow);
    must(pthread_join(thread, NULL));
}

static size_t times_in_cache(const char *url) {
    size_t times = 0;
    for (size_t i = 0; i < cache.count && i < CACHE_MOST; i++) {
        times += strcmp(cache.pages[i].url, url) == 0;
    }
    return times;
}

int main(void) {
    static char a[] = "/a", b[] = "/b", c[] = "/c", same_c[] = "/c", d[] = "/d", e[] = "/e";

    size = 1 + (int)drive_number(1000);
    must(pthread_barrier_init(&both_fetch, NULL, 2));
    must_errno(sem_init(&quick_is_there, 0, 0));
    cache_init(&cache, fetch);
    ask_at_once(a, b);
    ask_at_once(c, same_c);
    ask_meanwhile(d, e);

    alone = true;
    for (const char *const *url = (const char *const[]){a, b, c, d, e, NULL}; *url != NULL; url++) {
        check(times_in_cache(*url) == 1, "%s is in the cache %zu times; it should be there once",
              *url, times_in_cache(*url));
    }
    check(cache.count == 5, "five different pages were asked for; the cache has %zu", cache.count);
    ask(b);
    ask(same_c); /* the same address of a page, in other memory */

    cache_destroy(&cache);
    must_errno(sem_destroy(&quick_is_there));
    must(pthread_barrier_destroy(&both_fetch));
    drive_done();
    return 0;
}
