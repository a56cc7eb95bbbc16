/* expect: crash */
/* Two consumers on one condition, and an `if` where a `while` belongs: a barger can take the item first. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

#define ITEMS 2

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;
static int count;

static void *producer(void *arg)
{
    for (int i = 0; i < ITEMS; i++) {
        pthread_mutex_lock(&mu);
        count++;
        pthread_cond_signal(&more);
        pthread_mutex_unlock(&mu);
    }
    return arg;
}

static void *consumer(void *arg)
{
    pthread_mutex_lock(&mu);
    if (count == 0) /* fault: crash */
        pthread_cond_wait(&more, &mu); /* fault: crash */
    assert(count > 0); /* fault: crash */
    count--;
    pthread_mutex_unlock(&mu);
    return arg;
}

int main(void)
{
    pthread_t p, c[ITEMS];
    for (int i = 0; i < ITEMS; i++)
        pthread_create(&c[i], NULL, consumer, NULL);
    pthread_create(&p, NULL, producer, NULL);
    pthread_join(p, NULL);
    for (int i = 0; i < ITEMS; i++)
        pthread_join(c[i], NULL);
    printf("%d left\n", count);
    return 0;
}
