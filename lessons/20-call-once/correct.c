/*
 * Two things that all threads need and that are made once, by whoever comes first: a table of
 * squares through pthread_once(), and a greeting through double-checked locking.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "must.h"

enum { THREADS = 3, SQUARES = 8 };

struct greeting {
    const char *text;
    int number;
};

/* The easy way: POSIX does it all. */
static pthread_once_t squares_once = PTHREAD_ONCE_INIT;
static int squares[SQUARES];
static int squares_made; /* how often; only make_squares() changes it */

/* The way by hand: look, lock, look again. */
static pthread_mutex_t greeting_lock = PTHREAD_MUTEX_INITIALIZER; /* for whoever makes it */
static _Atomic(struct greeting *) greeting;                       /* NULL: not made yet */
static int greetings_made; /* how often; under greeting_lock */

static void make_squares(void) {
    for (int i = 0; i < SQUARES; i++) {
        squares[i] = i * i;
    }
    squares_made++;
}

/* All that make_squares() does happens before any of these calls returns. */
static int square_of(int number) {
    must(pthread_once(&squares_once, make_squares));
    return squares[number];
}

/* The caller holds greeting_lock. */
static struct greeting *make_greeting(void) {
    struct greeting *made = must_alloc(malloc(sizeof *made));

    *made = (struct greeting){.text = "Hello", .number = 7};
    greetings_made++;
    return made;
}

static const struct greeting *greeting_get(void) {
    /* acquire: whoever sees the pointer also sees what it points to. */
    struct greeting *found = atomic_load_explicit(&greeting, memory_order_acquire);

    if (found == NULL) {
        must(pthread_mutex_lock(&greeting_lock));
        /* relaxed: it changes only under the lock, and the lock makes the order. */
        found = atomic_load_explicit(&greeting, memory_order_relaxed);
        if (found == NULL) {
            found = make_greeting();
            /* release: the greeting is whole before others see the pointer. */
            atomic_store_explicit(&greeting, found, memory_order_release);
        }
        must(pthread_mutex_unlock(&greeting_lock));
    }
    return found;
}

static void *greet(void *unused) {
    (void)unused;

    struct greeting mine = *greeting_get();
    printf("%s, %d squared is %d\n", mine.text, mine.number, square_of(mine.number));
    return NULL;
}

int main(void) {
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++) {
        must(pthread_create(&threads[i], NULL, greet, NULL));
    }
    for (int i = 0; i < THREADS; i++) {
        must(pthread_join(threads[i], NULL));
    }

    printf("Made: squares %d, greeting %d\n", squares_made, greetings_made);
    free(atomic_load(&greeting));
    must(pthread_mutex_destroy(&greeting_lock));
    return 0;
}
