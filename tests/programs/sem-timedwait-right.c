/* expect: clean */
/* A watchdog waits at most 100 ms for each report, and gives up only after 30 silent periods. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static sem_t report;
static int progress;

static void *worker(void *arg)
{
    for (int i = 1; i <= 3; i++) {
        usleep(60 * 1000);
        progress = i;
    }
    sem_post(&report);
    return arg;
}

static int await(sem_t *s, long ms)
{
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    ts.tv_nsec += ms * 1000000;
    ts.tv_sec += ts.tv_nsec / 1000000000;
    ts.tv_nsec %= 1000000000;
    while (sem_timedwait(s, &ts) == -1)
        if (errno != EINTR)
            return errno;
    return 0;
}

int main(void)
{
    pthread_t t;
    int quiet = 0, r;

    sem_init(&report, 0, 0);
    pthread_create(&t, NULL, worker, NULL);
    while ((r = await(&report, 100)) == ETIMEDOUT && ++quiet < 30)
        ;
    if (r == 0)
        printf("progress %d\n", progress);
    pthread_join(t, NULL);
    sem_destroy(&report);
    return r;
}
