/* expect: clean */
/* The result is handed over by a semaphore that is awaited by the steady clock. */
#define _GNU_SOURCE
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>

static sem_t ready;
static int result;

static void *compute(void *arg)
{
    result = 41;
    sem_post(&ready);
    return arg;
}

int main(void)
{
    pthread_t worker;
    struct timespec deadline;
    sem_init(&ready, 0, 0);
    pthread_create(&worker, NULL, compute, NULL);
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += 60;
    if (sem_clockwait(&ready, CLOCK_MONOTONIC, &deadline) == 0)
        printf("%d\n", ++result);
    pthread_join(worker, NULL);
    sem_destroy(&ready);
    return 0;
}
