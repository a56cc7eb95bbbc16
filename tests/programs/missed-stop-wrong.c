/* expect: stuck-wait */
/* The worker looks at `stop` before it takes the lock, and not again before it waits. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work = PTHREAD_COND_INITIALIZER;
static atomic_int stop;
static int jobs, done;

static void *worker(void *arg)
{
    while (!atomic_load(&stop)) { /* fault: stuck-wait */
        pthread_mutex_lock(&mu);
        if (jobs == 0 && !done)
            pthread_cond_wait(&work, &mu); /* fault: stuck-wait */
        if (jobs > 0) {
            jobs--;
            done = 1;
        }
        pthread_mutex_unlock(&mu);
    }
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, worker, NULL);
    pthread_mutex_lock(&mu);
    atomic_store(&stop, 1);
    pthread_cond_broadcast(&work); /* fault: stuck-wait */
    pthread_mutex_unlock(&mu);
    pthread_join(t, NULL);
    puts("stopped");
    return 0;
}
