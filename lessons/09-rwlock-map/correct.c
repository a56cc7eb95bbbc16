/*
 * A hash map from cities to rivers, behind a read-write lock. Three threads look cities up while
 * two others put new ones in.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "must.h"

enum { BUCKETS = 4, READERS = 3, WRITERS = 2 };

struct entry {
    const char *city;
    const char *river;
    struct entry *next; /* in the same bucket */
};

struct map {
    pthread_rwlock_t lock; /* protects buckets, count and next of each entry */
    struct entry *buckets[BUCKETS];
    int count;
};

static struct map map = {.lock = PTHREAD_RWLOCK_INITIALIZER};

static unsigned bucket_of(const char *city) {
    unsigned hash = 0;

    for (; *city != '\0'; city++) {
        hash = hash * 31 + (unsigned char)*city;
    }
    return hash % BUCKETS;
}

/* The river, or "not known". */
static const char *look_up(const char *city) {
    const char *river = "not known";

    must(pthread_rwlock_rdlock(&map.lock));
    for (const struct entry *entry = map.buckets[bucket_of(city)]; entry; entry = entry->next) {
        if (strcmp(entry->city, city) == 0) {
            river = entry->river;
        }
    }
    must(pthread_rwlock_unlock(&map.lock));
    return river;
}

/* The entry stays the caller's, and must live as long as the map. */
static void insert(struct entry *entry) {
    struct entry **bucket = &map.buckets[bucket_of(entry->city)];

    must(pthread_rwlock_wrlock(&map.lock));
    entry->next = *bucket;
    *bucket = entry;
    map.count++;
    must(pthread_rwlock_unlock(&map.lock));
}

static void *reader(void *unused) {
    (void)unused;

    printf("Paris: %s\n", look_up("Paris"));
    return NULL;
}

static void *writer(void *entry) {
    insert(entry);
    return NULL;
}

int main(void) {
    struct entry paris = {.city = "Paris", .river = "Seine"};
    struct entry added[WRITERS] = {{"Vienna", "Danube", NULL}, {"Cologne", "Rhine", NULL}};
    pthread_t readers[READERS], writers[WRITERS];

    insert(&paris);
    for (int i = 0; i < READERS; i++) {
        must(pthread_create(&readers[i], NULL, reader, NULL));
    }
    for (int i = 0; i < WRITERS; i++) {
        must(pthread_create(&writers[i], NULL, writer, &added[i]));
    }
    for (int i = 0; i < READERS; i++) {
        must(pthread_join(readers[i], NULL));
    }
    for (int i = 0; i < WRITERS; i++) {
        must(pthread_join(writers[i], NULL));
    }

    printf("Vienna: %s\nCologne: %s\n", look_up("Vienna"), look_up("Cologne"));
    printf("%d cities\n", map.count);
    must(pthread_rwlock_destroy(&map.lock));
    return 0;
}
