/* expect: crash */
/* Two stages of an update, each under its own lock; a reader between the stages sees half of it. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t stage1 = PTHREAD_MUTEX_INITIALIZER, stage2 = PTHREAD_MUTEX_INITIALIZER;
static int first, second;

static void *update(void *arg)
{
    pthread_mutex_lock(&stage1);
    first = 1;
    pthread_mutex_unlock(&stage1); /* fault: crash */
    pthread_mutex_lock(&stage2);
    second = first + 1;
    pthread_mutex_unlock(&stage2);
    return arg;
}

static void *inspect(void *arg)
{
    int f, s;
    pthread_mutex_lock(&stage1);
    f = first;
    pthread_mutex_unlock(&stage1);
    if (f == 0)
        return arg;
    pthread_mutex_lock(&stage2);
    s = second;
    pthread_mutex_unlock(&stage2);
    assert(s == f + 1); /* fault: crash */
    return arg;
}

int main(void)
{
    pthread_t u, i;
    pthread_create(&u, NULL, update, NULL);
    pthread_create(&i, NULL, inspect, NULL);
    pthread_join(u, NULL);
    pthread_join(i, NULL);
    puts("consistent");
    return 0;
}
