/* expect: lock-misuse|data-race */
/* The waiter waits with a mutex that it has not locked. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cv = PTHREAD_COND_INITIALIZER;
static int started, stop;

static void *waker(void *arg)
{
    int more = 1;
    while (more) {
        usleep(20000);
        pthread_mutex_lock(&mu);
        started = 1;
        pthread_cond_signal(&cv);
        more = !stop;
        pthread_mutex_unlock(&mu);
    }
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, waker, NULL);
    pthread_cond_wait(&cv, &mu); /* fault: lock-misuse */
    stop = started; /* fault: data-race */
    pthread_mutex_unlock(&mu); /* fault: lock-misuse */
    pthread_join(t, NULL);
    puts("woken");
    return 0;
}
