/* expect: lock-across-wait */
/* A sampler takes its nap inside the critical section; everything else has to wait for it. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static int samples, shown;

static void *sampler(void *arg)
{
    for (int i = 0; i < 5; i++) {
        pthread_mutex_lock(&mu); /* fault: lock-across-wait */
        samples++;
        usleep(20000); /* fault: lock-across-wait */
        pthread_mutex_unlock(&mu);
    }
    return arg;
}

static void *display(void *arg)
{
    for (int i = 0; i < 5; i++) {
        pthread_mutex_lock(&mu);
        shown = samples;
        pthread_mutex_unlock(&mu);
    }
    return arg;
}

int main(void)
{
    pthread_t s, d;
    pthread_create(&s, NULL, sampler, NULL);
    pthread_create(&d, NULL, display, NULL);
    pthread_join(s, NULL);
    pthread_join(d, NULL);
    printf("%d\n", samples);
    return 0;
}
