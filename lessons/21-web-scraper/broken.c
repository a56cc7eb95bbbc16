/*
 * Ten threads fetch ten pages at once from a web server on this machine, and note in one map how
 * large each page is.
 */
#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/pages.h"
#include "must.h"

enum { PAGES = 10 };

struct entry {
    const char *path;
    size_t bytes;
};

struct map {
    pthread_rwlock_t lock; /* protects all below: many may read, or one may write */
    struct entry entries[PAGES];
    size_t count;
};

static struct map map = {.lock = PTHREAD_RWLOCK_INITIALIZER};
static int port; /* of the server; written before any thread is there */

static const char *const paths[PAGES] = {"/threads", "/races",    "/locks", "/deadlock",
                                         "/atomics", "/channels", "/pools", "/semaphores",
                                         "/futures", "/barriers"};

static void must_curl(CURLcode code) {
    if (code != CURLE_OK) {
        fprintf(stderr, "libcurl: %s\n", curl_easy_strerror(code));
        exit(EXIT_FAILURE);
    }
}

static void map_add(const char *path, size_t bytes) {
    map.entries[map.count++] = (struct entry){path, bytes}; /* fault: data-race */
}

static int by_path(const void *a, const void *b) {
    return strcmp(((const struct entry *)a)->path, ((const struct entry *)b)->path);
}

static void map_print(void) {
    struct entry sorted[PAGES];

    must(pthread_rwlock_rdlock(&map.lock));
    size_t count = map.count;
    memcpy(sorted, map.entries, sizeof sorted);
    must(pthread_rwlock_unlock(&map.lock));

    qsort(sorted, count, sizeof sorted[0], by_path);
    for (size_t i = 0; i < count; i++) {
        printf("%s: %zu bytes\n", sorted[i].path, sorted[i].bytes);
    }
}

/* libcurl calls this for every piece of a page that comes in. */
static size_t count_bytes(char *piece, size_t size, size_t length, void *bytes) {
    (void)piece;
    *(size_t *)bytes += size * length;
    return size * length;
}

/* Gives the size of the page. A handle of libcurl is used by one thread, so each has its own. */
static size_t fetch(const char *path) {
    char url[64];
    size_t bytes = 0;
    CURL *handle = must_alloc(curl_easy_init());

    snprintf(url, sizeof url, "http://127.0.0.1:%d%s", port, path);
    must_curl(curl_easy_setopt(handle, CURLOPT_URL, url));
    must_curl(curl_easy_setopt(handle, CURLOPT_PROXY, ""));    /* whatever the environment says */
    must_curl(curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L)); /* signals are for all threads */
    must_curl(curl_easy_setopt(handle, CURLOPT_FAILONERROR, 1L));
    must_curl(curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, count_bytes));
    must_curl(curl_easy_setopt(handle, CURLOPT_WRITEDATA, &bytes));
    must_curl(curl_easy_perform(handle));
    curl_easy_cleanup(handle);
    return bytes;
}

static void *scrape(void *path) {
    map_add(path, fetch(path));
    return NULL;
}

int main(void) {
    pthread_t threads[PAGES];

    must_curl(curl_global_init(CURL_GLOBAL_DEFAULT)); /* before there are threads */
    port = pages_start(PAGES);
    for (int i = 0; i < PAGES; i++) {
        must(pthread_create(&threads[i], NULL, scrape, (void *)paths[i]));
    }
    for (int i = 0; i < PAGES; i++) {
        must(pthread_join(threads[i], NULL));
    }
    pages_stop();

    map_print();
    must(pthread_rwlock_destroy(&map.lock));
    curl_global_cleanup();
    return 0;
}
