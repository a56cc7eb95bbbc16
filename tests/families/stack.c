/* expect: crash */
/* needs: explorer */
/* A stack under a lock; but whether there is something on it is asked before the lock is taken. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { PUSHES = 4, POPPERS = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_int height;
static int items[PUSHES];

static void *push(void *arg)
{
    for (int i = 0; i < PUSHES; i++) {
        pthread_mutex_lock(&lock);
        items[atomic_load(&height)] = i;
        atomic_fetch_add(&height, 1);
        pthread_mutex_unlock(&lock);
    }
    return arg;
}

static void *pop(void *arg)
{
    for (int i = 0; i < PUSHES; i++)
        if (atomic_load(&height) > 0) {       /* fault: crash */
            pthread_mutex_lock(&lock);        /* fault: crash */
            assert(atomic_load(&height) > 0); /* fault: crash */
            atomic_fetch_sub(&height, 1);     /* fault: crash */
            pthread_mutex_unlock(&lock);
        }
    return arg;
}

int main(void)
{
    pthread_t pusher, poppers[POPPERS];
    pthread_create(&pusher, NULL, push, NULL);
    for (int i = 0; i < POPPERS; i++)
        pthread_create(&poppers[i], NULL, pop, NULL);
    pthread_join(pusher, NULL);
    for (int i = 0; i < POPPERS; i++)
        pthread_join(poppers[i], NULL);
    puts("popped");
    return 0;
}
