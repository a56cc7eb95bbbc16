/*
 * A producer puts numbers into a small ring, a consumer takes them out. There are more numbers than
 * slots, so the producer must use a slot again.
 */
#include <pthread.h>
#include <sched.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

enum { NUMBERS = RING_CAPACITY + 1 };

static struct ring ring;
static int first; /* the numbers are first, first + 1, …; set before the threads start */

static void *produce(void *unused) {
    for (int i = 0; i < NUMBERS; i++) {
        while (!ring_put(&ring, first + i)) {
            sched_yield();
        }
    }
    return unused;
}

static void *consume(void *unused) {
    for (int i = 0; i < NUMBERS; i++) {
        int number = 0;
        while (!ring_take(&ring, &number)) {
            sched_yield();
        }
        check(number == first + i, "number %d that came out is %d; %d was put in", i + 1, number,
              first + i);
    }
    return unused;
}

/* What can be said of a ring that one thread uses alone. */
static void drive_alone(void) {
    static struct ring alone;
    int number = 0;

    check(!ring_take(&alone, &number), "ring_take() took a number from an empty ring");
    for (int i = 0; i < RING_CAPACITY; i++) {
        check(ring_put(&alone, first + i), "ring_put() says full with %d of %d in it", i,
              RING_CAPACITY);
    }
    check(!ring_put(&alone, 0), "ring_put() put a number into a full ring");
    check(ring_take(&alone, &number) && number == first, "the oldest number was not taken first");
}

int main(void) {
    pthread_t producer, consumer;

    first = 1 + (int)drive_number(100);
    drive_alone();
    must(pthread_create(&producer, NULL, produce, NULL));
    must(pthread_create(&consumer, NULL, consume, NULL));
    must(pthread_join(producer, NULL));
    must(pthread_join(consumer, NULL));

    int number = 0;
    check(!ring_take(&ring, &number), "a number came out twice: the ring is not empty at the end");
    drive_done();
    return 0;
}
