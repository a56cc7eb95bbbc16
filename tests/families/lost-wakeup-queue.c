/* expect: stuck-wait */
/* needs: explorer */
/* The producer signals only when the queue was empty, and there are two consumers: two items that come one
   after the other wake one of them. */
#include <pthread.h>
#include <stdio.h>

enum { CONSUMERS = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t arrived = PTHREAD_COND_INITIALIZER;
static int items;

static void *consume(void *arg)
{
    pthread_mutex_lock(&lock);
    while (items == 0)
        pthread_cond_wait(&arrived, &lock); /* fault: stuck-wait */
    items--;
    pthread_mutex_unlock(&lock);
    return arg;
}

static void *produce(void *arg)
{
    for (int i = 0; i < CONSUMERS; i++) {
        pthread_mutex_lock(&lock);
        if (items++ == 0)
            pthread_cond_signal(&arrived); /* fault: stuck-wait */
        pthread_mutex_unlock(&lock);
    }
    return arg;
}

int main(void)
{
    pthread_t consumers[CONSUMERS], producer;
    pthread_create(&producer, NULL, produce, NULL);
    for (int i = 0; i < CONSUMERS; i++)
        pthread_create(&consumers[i], NULL, consume, NULL);
    pthread_join(producer, NULL);
    for (int i = 0; i < CONSUMERS; i++)
        pthread_join(consumers[i], NULL); /* fault: stuck-wait */
    puts("consumed");
    return 0;
}
