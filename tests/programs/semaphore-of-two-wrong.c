/* expect: data-race */
/* A semaphore as a mutex, but with room for two. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t guard;
static long deposits;

static void deposit(long n)
{
    sem_wait(&guard);
    deposits += n; /* fault: data-race */
    sem_post(&guard);
}

static void *customer(void *arg)
{
    for (int i = 0; i < 40000; i++)
        deposit(1);
    return arg;
}

int main(void)
{
    pthread_t t[2];
    if (sem_init(&guard, 0, 2) != 0)
        return 1;
    for (int i = 0; i < 2; i++)
        if (pthread_create(&t[i], NULL, customer, NULL) != 0)
            return 1;
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    sem_destroy(&guard);
    printf("%d\n", deposits > 0);
    return 0;
}
