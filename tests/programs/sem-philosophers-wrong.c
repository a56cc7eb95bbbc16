/* expect: deadlock|stuck-wait */
/* Three philosophers whose forks are semaphores, which no lock-order checker looks at. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

#define N 3

static sem_t fork_[N];
static int eaten[N];

static void *philosopher(void *arg)
{
    int i = *(int *)arg;
    sem_wait(&fork_[i]); /* fault: deadlock|stuck-wait */
    sem_wait(&fork_[(i + 1) % N]); /* fault: deadlock|stuck-wait */
    eaten[i] = 1;
    sem_post(&fork_[(i + 1) % N]);
    sem_post(&fork_[i]);
    return NULL;
}

int main(void)
{
    pthread_t t[N];
    int id[N], sum = 0;
    for (int i = 0; i < N; i++)
        sem_init(&fork_[i], 0, 1);
    for (int i = 0; i < N; i++) {
        id[i] = i;
        pthread_create(&t[i], NULL, philosopher, &id[i]);
    }
    for (int i = 0; i < N; i++) {
        pthread_join(t[i], NULL);
        sum += eaten[i];
    }
    printf("%d\n", sum);
    return 0;
}
