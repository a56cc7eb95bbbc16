/* expect: stuck-wait */
/* The barrier counts main as well, but main goes straight to the joins. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define WORKERS 3

static pthread_barrier_t barrier;
static int part[WORKERS];

static void *work(void *arg)
{
    int *mine = arg;
    *mine = 1 + (int)(mine - part);
    pthread_barrier_wait(&barrier); /* fault: stuck-wait */
    return NULL;
}

int main(void)
{
    pthread_t t[WORKERS];
    int sum = 0;
    if (pthread_barrier_init(&barrier, NULL, WORKERS + 1))
        abort();
    for (int i = 0; i < WORKERS; i++)
        if (pthread_create(&t[i], NULL, work, &part[i]))
            abort();
    for (int i = 0; i < WORKERS; i++)
        pthread_join(t[i], NULL);
    for (int i = 0; i < WORKERS; i++)
        sum += part[i];
    printf("%d\n", sum);
    pthread_barrier_destroy(&barrier);
    return 0;
}
