/* expect: lock-order|deadlock */
/* A ring of ten locks: everybody takes the own fork and then the next one. */
#include <pthread.h>
#include <stdio.h>

enum { SEATS = 10 };

static pthread_mutex_t forks[SEATS];
static int meals[SEATS];

static void *dine(void *arg)
{
    long seat = (long)arg;
    pthread_mutex_lock(&forks[seat]);               /* fault: lock-order */
    pthread_mutex_lock(&forks[(seat + 1) % SEATS]); /* fault: lock-order|deadlock */
    meals[seat]++;
    pthread_mutex_unlock(&forks[(seat + 1) % SEATS]);
    pthread_mutex_unlock(&forks[seat]);
    return NULL;
}

int main(void)
{
    pthread_t threads[SEATS];
    int all = 0;
    for (int i = 0; i < SEATS; i++)
        pthread_mutex_init(&forks[i], NULL);
    for (long i = 0; i < SEATS; i++)
        pthread_create(&threads[i], NULL, dine, (void *)i);
    for (int i = 0; i < SEATS; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < SEATS; i++)
        all += meals[i];
    printf("%d\n", all);
    return 0;
}
