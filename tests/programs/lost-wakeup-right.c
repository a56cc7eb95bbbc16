/* expect: clean */
/* The flag is atomic, and also set under the mutex, so that nobody can look before and wait after. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cv = PTHREAD_COND_INITIALIZER;
static atomic_bool done;

static void *worker(void *arg)
{
    pthread_mutex_lock(&mu);
    atomic_store(&done, 1);
    pthread_mutex_unlock(&mu);
    pthread_cond_signal(&cv);
    return arg;
}

int main(void)
{
    pthread_t t;
    if (pthread_create(&t, NULL, worker, NULL) != 0)
        return 1;
    pthread_mutex_lock(&mu);
    while (!atomic_load(&done))
        pthread_cond_wait(&cv, &mu);
    pthread_mutex_unlock(&mu);
    pthread_join(t, NULL);
    puts("done");
    return 0;
}
