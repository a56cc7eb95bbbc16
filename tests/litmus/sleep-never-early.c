/* results: "enough"
   Whoever runs meanwhile, the clock has moved by what was slept, or more. */
#include "litmus.h"

static atomic_int x;
static int early;

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000 + time.tv_nsec;
}
static void *nap(void *number) {
    long start = now(), wanted = 1000 * (1 + (long)number);
    usleep(1 + (unsigned)(long)number);
    x++;
    early |= now() < start + wanted;
    return number;
}

int main(void) {
    pthread_t threads[2];
    for (long i = 0; i < 2; i++) {
        pthread_create(&threads[i], NULL, nap, (void *)i);
        pthread_join(threads[i], NULL);
    }
    printf("%s\n", early ? "early" : "enough");
}
