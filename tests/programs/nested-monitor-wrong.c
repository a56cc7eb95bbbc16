/* expect: lock-across-wait|deadlock|stuck-wait */
/* A monitor inside a monitor: the wait gives the inner lock back, not the outer one. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t inner = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static sem_t about_to_wait;
static int level;

static void *drain(void *arg)
{
    pthread_mutex_lock(&outer); /* fault: lock-across-wait|deadlock|stuck-wait */
    pthread_mutex_lock(&inner);
    sem_post(&about_to_wait);
    while (level == 0)
        pthread_cond_wait(&filled, &inner); /* fault: lock-across-wait|deadlock|stuck-wait */
    level--;
    pthread_mutex_unlock(&inner);
    pthread_mutex_unlock(&outer);
    return arg;
}

static void *pour(void *arg)
{
    pthread_mutex_lock(&outer); /* fault: lock-across-wait|deadlock|stuck-wait */
    pthread_mutex_lock(&inner);
    level++;
    pthread_cond_signal(&filled);
    pthread_mutex_unlock(&inner);
    pthread_mutex_unlock(&outer);
    return arg;
}

int main(void)
{
    pthread_t d, p;
    sem_init(&about_to_wait, 0, 0);
    pthread_create(&d, NULL, drain, NULL);
    sem_wait(&about_to_wait);
    pthread_create(&p, NULL, pour, NULL);
    pthread_join(d, NULL);
    pthread_join(p, NULL);
    printf("%d\n", level);
    return 0;
}
