/* expect: wrong-exit */
/* Each half of the update has the lock, the whole has not; the program finds out itself and says so by its status. */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t start;
static int n;

static int get(void)
{
    pthread_mutex_lock(&mu);
    int v = n;
    pthread_mutex_unlock(&mu);
    return v;
}

static void set(int v)
{
    pthread_mutex_lock(&mu);
    n = v;
    pthread_mutex_unlock(&mu);
}

static void *bump(void *arg)
{
    pthread_barrier_wait(&start);
    for (int i = 0; i < 20000; i++) {
        int v = get(); /* fault: wrong-exit */
        if (i % 50 == 0)
            sched_yield();
        set(v + 1); /* fault: wrong-exit */
    }
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_barrier_init(&start, NULL, 2);
    pthread_create(&a, NULL, bump, NULL);
    pthread_create(&b, NULL, bump, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    if (get() != 40000) {
        fprintf(stderr, "lost %d\n", 40000 - get());
        exit(EXIT_FAILURE); /* fault: wrong-exit */
    }
    return 0; /* fault: wrong-exit */
}
