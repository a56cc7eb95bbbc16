/* What one operation is compared with: one thread lets the next go on, round a circle, by a futex each.
 * Prints microseconds. */
#define _GNU_SOURCE
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { THREADS_MOST = 64, TIMES = 100000 };

static struct {
    _Alignas(64) _Atomic unsigned word;
} batons[THREADS_MOST];
static long threads, left = TIMES;

static void let_go(long thread) {
    atomic_store(&batons[thread].word, 1);
    syscall(SYS_futex, &batons[thread].word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static void *go_round(void *argument) {
    long own = (long)argument, now;

    do {
        while (!atomic_exchange(&batons[own].word, 0)) {
            syscall(SYS_futex, &batons[own].word, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
        }
        now = --left;
        let_go((own + 1) % threads);
    } while (now >= threads);
    return NULL;
}

int main(int count, char **arguments) {
    pthread_t handles[THREADS_MOST];
    struct timespec start, end;

    threads = count > 1 ? atol(arguments[1]) : 2;
    for (long i = 0; i < threads; i++) {
        pthread_create(&handles[i], NULL, go_round, (void *)i);
    }
    clock_gettime(CLOCK_MONOTONIC, &start);
    let_go(0);
    for (long i = 0; i < threads; i++) {
        pthread_join(handles[i], NULL);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%f\n", ((double)(end.tv_sec - start.tv_sec) * 1e6 +
                    (double)(end.tv_nsec - start.tv_nsec) / 1e3) / TIMES);
    return 0;
}
