/* expect: crash */
/* needs: explorer */
/* A barrier for two, by hand, without a loop around the wait: a broadcast that means something else lets
   the first through before the second has come. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { WORKERS = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t all_here = PTHREAD_COND_INITIALIZER;
static int arrived;
static atomic_int phase[WORKERS];

static void meet(void)
{
    pthread_mutex_lock(&lock);
    if (++arrived == WORKERS) { /* fault: crash */
        arrived = 0;
        pthread_cond_broadcast(&all_here);
    } else {
        pthread_cond_wait(&all_here, &lock); /* fault: crash */
    }
    pthread_mutex_unlock(&lock);
}

static void *work(void *arg)
{
    atomic_int *mine = arg;
    atomic_store(mine, 1); /* fault: crash */
    meet();
    for (int i = 0; i < WORKERS; i++)
        assert(atomic_load(&phase[i]) >= 1); /* fault: crash */
    return NULL;
}

static void *wander(void *arg)
{
    pthread_mutex_lock(&lock);
    pthread_cond_broadcast(&all_here); /* fault: crash */
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t threads[WORKERS + 1];
    for (int i = 0; i < WORKERS; i++)
        pthread_create(&threads[i], NULL, work, &phase[i]);
    pthread_create(&threads[WORKERS], NULL, wander, NULL);
    for (int i = 0; i <= WORKERS; i++)
        pthread_join(threads[i], NULL);
    puts("in step");
    return 0;
}
