/* expect: clean */
/* One thread computes until the clock says that 1.5 seconds are over; the others wait for its word. */
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cv = PTHREAD_COND_INITIALIZER;
static int over;

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void *computer(void *arg)
{
    double end = seconds() + 1.5, x = 1;
    while (seconds() < end)
        for (int i = 0; i < 1000; i++)
            x = x * 0.5 + 1;
    *(double *)arg = x;
    pthread_mutex_lock(&mu);
    over = 1;
    pthread_cond_broadcast(&cv);
    pthread_mutex_unlock(&mu);
    return NULL;
}

static void *watcher(void *arg)
{
    pthread_mutex_lock(&mu);
    while (!over)
        pthread_cond_wait(&cv, &mu);
    pthread_mutex_unlock(&mu);
    return arg;
}

int main(void)
{
    pthread_t c, w;
    double x;
    pthread_create(&c, NULL, computer, &x);
    pthread_create(&w, NULL, watcher, NULL);
    pthread_join(w, NULL);
    pthread_join(c, NULL);
    printf("%.1f\n", x);
    return 0;
}
