/* expect: deadlock|stuck-wait|lock-misuse */
/* A thread is cancelled between lock and unlock, and has no clean-up handler. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static atomic_int inside;
static unsigned long laps;

static void *runner(void *arg)
{
    pthread_mutex_lock(&mu); /* fault: deadlock|stuck-wait|lock-misuse */
    atomic_store(&inside, 1);
    for (;;) {
        laps++;
        pthread_testcancel(); /* fault: deadlock|stuck-wait|lock-misuse */
    }
    pthread_mutex_unlock(&mu);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, runner, NULL);
    while (!atomic_load(&inside))
        sched_yield();
    pthread_cancel(t);
    pthread_join(t, NULL);
    pthread_mutex_lock(&mu); /* fault: deadlock|stuck-wait|lock-misuse */
    printf("%d\n", laps > 0);
    pthread_mutex_unlock(&mu);
    return 0;
}
