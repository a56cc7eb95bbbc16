/* expect: clean */
/* A waiting thread is cancelled; its clean-up handlers give the mutex and the memory back. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER, here = PTHREAD_COND_INITIALIZER;
static int waiting, released;

static void unlock(void *m)
{
    released = 1;
    pthread_mutex_unlock(m);
}

static void *hopeless(void *arg)
{
    void *scratch = malloc(100);
    (void)arg;
    pthread_cleanup_push(free, scratch);
    pthread_mutex_lock(&mu);
    pthread_cleanup_push(unlock, &mu);
    waiting = 1;
    pthread_cond_signal(&here);
    for (;;)
        pthread_cond_wait(&never, &mu);
    pthread_cleanup_pop(1);
    pthread_cleanup_pop(1);
    return NULL;
}

int main(void)
{
    pthread_t t;
    void *how;

    if (pthread_create(&t, NULL, hopeless, NULL) != 0)
        return 1;
    pthread_mutex_lock(&mu);
    while (!waiting)
        pthread_cond_wait(&here, &mu);
    pthread_mutex_unlock(&mu);
    pthread_cancel(t);
    pthread_join(t, &how);
    pthread_mutex_lock(&mu);
    printf("%s, %s\n", how == PTHREAD_CANCELED ? "cancelled" : "returned", released ? "released" : "held");
    pthread_mutex_unlock(&mu);
    return 0;
}
