/* expect: clean */
/* Results are collected by polling with pthread_tryjoin_np, and the slow one with a time-out. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static int result[3];

static void *solve(void *arg)
{
    int i = *(int *)arg;
    usleep(30000 * (i + 1));
    result[i] = 100 + i;
    return &result[i];
}

int main(void)
{
    pthread_t t[3];
    int id[3], left = 2, sum = 0;
    int done[2] = {0, 0};
    void *r;

    for (int i = 0; i < 3; i++) {
        id[i] = i;
        if (pthread_create(&t[i], NULL, solve, &id[i]) != 0)
            return 2;
    }
    while (left > 0) {
        for (int i = 0; i < 2; i++)
            if (!done[i] && pthread_tryjoin_np(t[i], &r) == 0) {
                sum += *(int *)r;
                done[i] = 1;
                left--;
            }
        usleep(5000);
    }
    for (;;) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += 1;
        int e = pthread_timedjoin_np(t[2], &r, &until);
        if (e == 0)
            break;
        if (e != ETIMEDOUT)
            return 2;
    }
    sum += *(int *)r;
    printf("%d\n", sum);
    return 0;
}
