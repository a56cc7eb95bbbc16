/* expect: clean */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <time.h>

/* A ledger locked with a generous deadline on the monotonic clock. */
static pthread_mutex_t ledger_lock = PTHREAD_MUTEX_INITIALIZER;
static long ledger[2];

static int enter(void)
{
    struct timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += 20;
    return pthread_mutex_clocklock(&ledger_lock, CLOCK_MONOTONIC, &deadline);
}

static void *book(void *arg)
{
    long amount = (long)arg;
    for (int i = 0; i < 300; i++) {
        if (enter() != 0)
            return (void *)1;
        ledger[0] += amount;
        ledger[1] -= amount;
        pthread_mutex_unlock(&ledger_lock);
    }
    return NULL;
}

int main(void)
{
    pthread_t t[3];
    void *bad;
    int failures = 0;

    for (long i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, book, (void *)(i + 1));
    for (int i = 0; i < 3; i++) {
        pthread_join(t[i], &bad);
        failures += bad != NULL;
    }
    printf("%ld %ld\n", ledger[0], ledger[1]);
    return failures || ledger[0] + ledger[1] != 0;
}
