/* expect: clean */
/* Three philosophers, three semaphores for forks, and only two chairs at the table. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

#define N 3

static sem_t fork_[N], chairs;
static int eaten[N];

static void *philosopher(void *arg)
{
    int i = *(int *)arg;
    for (int meal = 0; meal < 10; meal++) {
        sem_wait(&chairs);
        sem_wait(&fork_[i]);
        sem_wait(&fork_[(i + 1) % N]);
        eaten[i]++;
        sem_post(&fork_[(i + 1) % N]);
        sem_post(&fork_[i]);
        sem_post(&chairs);
    }
    return NULL;
}

int main(void)
{
    pthread_t t[N];
    int id[N], sum = 0;
    sem_init(&chairs, 0, N - 1);
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
