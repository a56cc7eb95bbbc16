/* expect: double-lock|deadlock */
/* A signal handler takes the mutex of the code that it interrupts. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static int events;

static void count(void)
{
    pthread_mutex_lock(&mu); /* fault: double-lock|deadlock */
    events++;
    pthread_mutex_unlock(&mu);
}

static void on_signal(int sig)
{
    (void)sig;
    count();
}

static void *worker(void *arg)
{
    pthread_mutex_lock(&mu); /* fault: double-lock|deadlock */
    events++;
    raise(SIGUSR1); /* stands for a signal that comes at the wrong moment */
    pthread_mutex_unlock(&mu);
    return arg;
}

int main(void)
{
    pthread_t t;
    signal(SIGUSR1, on_signal);
    pthread_create(&t, NULL, worker, NULL);
    pthread_join(t, NULL);
    printf("%d\n", events);
    return 0;
}
