/* What one schedule is compared with: fork, create and join empty threads, exit. Prints milliseconds for each. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { THREADS_MOST = 1024 };

static void *nothing(void *argument) {
    return argument;
}

static void create_and_join(int threads) {
    pthread_t handles[THREADS_MOST];

    for (int i = 0; i < threads; i++) {
        pthread_create(&handles[i], NULL, nothing, NULL);
    }
    for (int i = 0; i < threads; i++) {
        pthread_join(handles[i], NULL);
    }
}

int main(int count, char **arguments) {
    int threads = count > 1 ? atoi(arguments[1]) : 2;
    int times = count > 2 ? atoi(arguments[2]) : 1000;
    struct timespec start, end;

    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int i = 0; i < times; i++) {
        if (fork() == 0) {
            create_and_join(threads);
            _exit(0);
        }
        wait(NULL);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%f\n", ((double)(end.tv_sec - start.tv_sec) * 1e3 +
                    (double)(end.tv_nsec - start.tv_nsec) / 1e6) / times);
    return 0;
}
