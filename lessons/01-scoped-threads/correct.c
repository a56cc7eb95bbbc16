/*
 * Four threads add up the numbers 1 to 8: each adds one chunk of two. main waits for the threads and
 * adds up their sums.
 */
#include <pthread.h>
#include <stdio.h>

#include "must.h"

enum { NUMBERS = 8, THREADS = 4, CHUNK = NUMBERS / THREADS };

/* What one thread is given. It belongs to main, which keeps it until the thread has ended. */
struct part {
    const int *numbers; /* CHUNK of them */
    int sum;            /* the thread's answer */
};

static void *add_up(void *argument) {
    struct part *part = argument;
    int sum = 0;

    for (int i = 0; i < CHUNK; i++) {
        sum += part->numbers[i];
    }
    part->sum = sum;
    return NULL;
}

int main(void) {
    const int numbers[NUMBERS] = {1, 2, 3, 4, 5, 6, 7, 8};
    struct part parts[THREADS];
    pthread_t threads[THREADS];
    int total = 0;

    for (int i = 0; i < THREADS; i++) {
        parts[i] = (struct part){.numbers = &numbers[i * CHUNK], .sum = 0};
        must(pthread_create(&threads[i], NULL, add_up, &parts[i]));
    }
    for (int i = 0; i < THREADS; i++) {
        must(pthread_join(threads[i], NULL));
        total += parts[i].sum;
    }

    printf("Chunk sums: [%d, %d, %d, %d]\n", parts[0].sum, parts[1].sum, parts[2].sum,
           parts[3].sum);
    printf("Total: %d\n", total);
    return 0;
}
