/* expect: clean */
/* A thread that would rather skip a sample than wait long. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static volatile unsigned sink;
static int samples, skipped, other;

static int lock_within(pthread_mutex_t *m, long ns)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    t.tv_nsec += ns;
    if (t.tv_nsec >= 1000000000L) {
        t.tv_nsec -= 1000000000L;
        t.tv_sec++;
    }
    return pthread_mutex_timedlock(m, &t);
}

static void *sampler(void *arg)
{
    int lost = 0;
    for (int i = 0; i < 30; i++) {
        int r = lock_within(&lock, 2000000);
        if (r == ETIMEDOUT) {
            lost++;
            continue;
        }
        if (r != 0)
            return arg;
        samples++;
        pthread_mutex_unlock(&lock);
    }
    pthread_mutex_lock(&lock);
    skipped = lost;
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_t t;
    void *bad;
    pthread_create(&t, NULL, sampler, &other);
    for (int i = 0; i < 20; i++) {
        pthread_mutex_lock(&lock);
        for (unsigned k = 0; k < 200000; k++)
            sink = k;
        other++;
        pthread_mutex_unlock(&lock);
    }
    pthread_join(t, &bad);
    printf("%s\n", samples + skipped == 30 && other == 20 ? "30 of 30 accounted for" : "lost some");
    return bad != NULL;
}
