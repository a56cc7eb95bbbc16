/* expect: clean */
/* The worker takes tickets without waiting; each ticket orders the slot that was filled before it. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>

#define N 40

static sem_t tickets;
static int slot[N];

static void *worker(void *arg)
{
    long *sum = arg;
    for (int i = 0; i < N;) {
        if (sem_trywait(&tickets) == 0)
            *sum += slot[i++];
        else if (errno == EAGAIN)
            sched_yield();
        else
            return NULL;
    }
    return arg;
}

int main(void)
{
    pthread_t t;
    long sum = 0;
    void *ok;

    if (sem_init(&tickets, 0, 0) == -1)
        return 2;
    pthread_create(&t, NULL, worker, &sum);
    for (int i = 0; i < N; i++) {
        slot[i] = i;
        sem_post(&tickets);
    }
    pthread_join(t, &ok);
    sem_destroy(&tickets);
    printf("%ld\n", sum);
    return ok == &sum && sum == N * (N - 1) / 2 ? 0 : 1;
}
