/* expect: clean */
/* One thread does nothing but sigwait; an interval timer sends what it waits for, and it wakes the others. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/time.h>

static sigset_t ticks;
static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cv = PTHREAD_COND_INITIALIZER;
static int now;

static void *ticker(void *arg)
{
    for (int i = 0; i < 4; i++) {
        int sig;
        if (sigwait(&ticks, &sig) != 0)
            return NULL;
        pthread_mutex_lock(&mu);
        now++;
        pthread_cond_broadcast(&cv);
        pthread_mutex_unlock(&mu);
    }
    return arg;
}

static void *waiter(void *arg)
{
    int until = *(int *)arg;
    pthread_mutex_lock(&mu);
    while (now < until)
        pthread_cond_wait(&cv, &mu);
    pthread_mutex_unlock(&mu);
    return NULL;
}

int main(void)
{
    pthread_t tick, w[2];
    int until[2] = {2, 4};
    struct itimerval every = {{0, 300000}, {0, 300000}};

    sigemptyset(&ticks);
    sigaddset(&ticks, SIGALRM);
    pthread_sigmask(SIG_BLOCK, &ticks, NULL);
    pthread_create(&tick, NULL, ticker, NULL);
    for (int i = 0; i < 2; i++)
        pthread_create(&w[i], NULL, waiter, &until[i]);
    setitimer(ITIMER_REAL, &every, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(w[i], NULL);
    pthread_join(tick, NULL);
    printf("%d ticks\n", now);
    return 0;
}
