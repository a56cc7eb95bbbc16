/* expect: stuck-wait */
/* The flag is atomic, the signal is sent without the mutex, and between the look and the wait it can get lost. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cv = PTHREAD_COND_INITIALIZER;
static atomic_bool done;

static void *worker(void *arg)
{
    atomic_store(&done, 1);
    pthread_cond_signal(&cv); /* fault: stuck-wait */
    return arg;
}

int main(void)
{
    pthread_t t;
    if (pthread_create(&t, NULL, worker, NULL) != 0)
        return 1;
    pthread_mutex_lock(&mu);
    while (!atomic_load(&done)) /* fault: stuck-wait */
        pthread_cond_wait(&cv, &mu); /* fault: stuck-wait */
    pthread_mutex_unlock(&mu);
    pthread_join(t, NULL);
    puts("done");
    return 0;
}
