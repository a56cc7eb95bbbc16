/* expect: clean */
/* A flush thread writes at once when asked, and every 200 ms otherwise; deadlines on the monotonic clock. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cv;
static int asked, stop, periodic, prompt;

static struct timespec after_ms(clockid_t clock, long ms)
{
    struct timespec t;
    clock_gettime(clock, &t);
    t.tv_nsec += ms * 1000000L;
    t.tv_sec += t.tv_nsec / 1000000000L;
    t.tv_nsec %= 1000000000L;
    return t;
}

static void *flusher(void *arg)
{
    pthread_mutex_lock(&mu);
    while (!stop) {
        struct timespec t = after_ms(CLOCK_MONOTONIC, 200);
        int r = 0;
        while (!asked && !stop && r != ETIMEDOUT)
            r = pthread_cond_timedwait(&cv, &mu, &t);
        if (asked) {
            asked = 0;
            prompt++;
        } else if (r == ETIMEDOUT) {
            periodic++;
        }
        pthread_cond_broadcast(&cv);
    }
    pthread_mutex_unlock(&mu);
    return arg;
}

int main(void)
{
    pthread_condattr_t ca;
    pthread_t t;

    pthread_condattr_init(&ca);
    pthread_condattr_setclock(&ca, CLOCK_MONOTONIC);
    pthread_cond_init(&cv, &ca);
    pthread_condattr_destroy(&ca);
    pthread_create(&t, NULL, flusher, NULL);
    pthread_mutex_lock(&mu);
    asked = 1;
    pthread_cond_broadcast(&cv);
    while (asked || periodic < 2)
        pthread_cond_wait(&cv, &mu);
    stop = 1;
    pthread_cond_broadcast(&cv);
    pthread_mutex_unlock(&mu);
    pthread_join(t, NULL);
    printf("prompt %d\n", prompt);
    pthread_cond_destroy(&cv);
    return 0;
}
