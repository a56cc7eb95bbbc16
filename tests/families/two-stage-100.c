/* expect: crash */
/* needs: explorer */
/* Two stages of an update, each under its own lock, made by ninety-nine writers; a reader that comes after a
   first stage and before any second one sees half an update. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

enum { WRITERS = 99 };

static pthread_mutex_t stage1 = PTHREAD_MUTEX_INITIALIZER, stage2 = PTHREAD_MUTEX_INITIALIZER;
static int first, second;

static void *update(void *arg)
{
    pthread_mutex_lock(&stage1);
    first = 1;
    pthread_mutex_unlock(&stage1); /* fault: crash */
    pthread_mutex_lock(&stage2);   /* fault: crash */
    second = 2;
    pthread_mutex_unlock(&stage2);
    return arg;
}

static void *inspect(void *arg)
{
    pthread_mutex_lock(&stage1);
    int f = first;
    pthread_mutex_unlock(&stage1);
    if (f == 0)
        return arg;
    pthread_mutex_lock(&stage2);
    int s = second;
    pthread_mutex_unlock(&stage2);
    assert(s == f + 1); /* fault: crash */
    return arg;
}

int main(void)
{
    pthread_t writers[WRITERS], reader;
    for (int i = 0; i < WRITERS; i++)
        pthread_create(&writers[i], NULL, update, NULL);
    pthread_create(&reader, NULL, inspect, NULL);
    for (int i = 0; i < WRITERS; i++)
        pthread_join(writers[i], NULL);
    pthread_join(reader, NULL);
    puts("consistent");
    return 0;
}
