/* expect: stuck-wait */
/* Producers and consumers of a one-place buffer share a condition; a signal may wake one of the wrong sort. */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int full, value;

static void *produce(void *arg)
{
    pthread_mutex_lock(&mu);
    while (full)
        pthread_cond_wait(&changed, &mu); /* fault: stuck-wait */
    value = *(int *)arg;
    full = 1;
    pthread_cond_signal(&changed); /* fault: stuck-wait */
    pthread_mutex_unlock(&mu);
    return NULL;
}

static void *consume(void *arg)
{
    pthread_mutex_lock(&mu);
    while (!full)
        pthread_cond_wait(&changed, &mu); /* fault: stuck-wait */
    *(int *)arg = value;
    full = 0;
    pthread_cond_signal(&changed); /* fault: stuck-wait */
    pthread_mutex_unlock(&mu);
    return NULL;
}

int main(void)
{
    pthread_t p[2], c[2];
    int in[2] = {3, 4}, out[2];
    for (int i = 0; i < 2; i++) {
        pthread_create(&p[i], NULL, produce, &in[i]);
        pthread_create(&c[i], NULL, consume, &out[i]);
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(p[i], NULL);
        pthread_join(c[i], NULL);
    }
    printf("%d\n", out[0] + out[1]);
    return 0;
}
