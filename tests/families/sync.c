/* expect: stuck-wait */
/* needs: explorer */
/* Two threads take turns by a number and one condition each; the second is signalled before the number is
   changed, and the mutex is free in between. */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t some = PTHREAD_COND_INITIALIZER;
static int number;

static void *give(void *arg)
{
    pthread_mutex_lock(&lock);
    pthread_cond_signal(&some); /* fault: stuck-wait */
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock); /* fault: stuck-wait */
    number++;
    pthread_mutex_unlock(&lock);
    return arg;
}

static void *take(void *arg)
{
    pthread_mutex_lock(&lock);
    while (number == 0)
        pthread_cond_wait(&some, &lock); /* fault: stuck-wait */
    number--;
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t giver, taker;
    pthread_create(&giver, NULL, give, NULL);
    pthread_create(&taker, NULL, take, NULL);
    pthread_join(giver, NULL);
    pthread_join(taker, NULL); /* fault: stuck-wait */
    puts("given and taken");
    return 0;
}
