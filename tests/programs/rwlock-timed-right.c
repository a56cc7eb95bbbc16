/* expect: clean */
/* Every request for the lock has a deadline, by one clock or the other. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int total;

static struct timespec in_a_minute(clockid_t clock)
{
    struct timespec deadline;
    clock_gettime(clock, &deadline);
    deadline.tv_sec += 60;
    return deadline;
}

static void *by_wall_clock(void *arg)
{
    for (int i = 0; i < 100; i++) {
        struct timespec deadline = in_a_minute(CLOCK_REALTIME);
        if (pthread_rwlock_timedwrlock(&lock, &deadline) == 0) {
            total++;
            pthread_rwlock_unlock(&lock);
        }
    }
    return arg;
}

static void *by_steady_clock(void *arg)
{
    for (int i = 0; i < 100; i++) {
        struct timespec deadline = in_a_minute(CLOCK_MONOTONIC);
        if (pthread_rwlock_clockwrlock(&lock, CLOCK_MONOTONIC, &deadline) == 0) {
            total++;
            pthread_rwlock_unlock(&lock);
        }
        if (pthread_rwlock_clockrdlock(&lock, CLOCK_MONOTONIC, &deadline) == 0) {
            if (total < 0)
                puts("never");
            pthread_rwlock_unlock(&lock);
        }
    }
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, by_wall_clock, NULL);
    pthread_create(&b, NULL, by_steady_clock, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", total);
    return 0;
}
