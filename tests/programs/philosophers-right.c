/* expect: clean */
/* The last philosopher is left-handed, so that the forks are always taken in rising order. */
#include <pthread.h>
#include <stdio.h>

enum { SEATS = 5, MEALS = 20 };

static pthread_mutex_t forks[SEATS];
static int meals[SEATS];

static void *philosopher(void *arg)
{
    int seat = *(int *)arg;
    int low = seat, high = seat + 1;

    if (high == SEATS) {
        low = 0;
        high = seat;
    }
    for (int i = 0; i < MEALS; i++) {
        pthread_mutex_lock(&forks[low]);
        pthread_mutex_lock(&forks[high]);
        meals[seat]++;
        pthread_mutex_unlock(&forks[high]);
        pthread_mutex_unlock(&forks[low]);
    }
    return NULL;
}

int main(void)
{
    pthread_t threads[SEATS];
    int seats[SEATS], total = 0;

    for (int i = 0; i < SEATS; i++)
        pthread_mutex_init(&forks[i], NULL);
    for (int i = 0; i < SEATS; i++) {
        seats[i] = i;
        pthread_create(&threads[i], NULL, philosopher, &seats[i]);
    }
    for (int i = 0; i < SEATS; i++) {
        pthread_join(threads[i], NULL);
        total += meals[i];
    }
    for (int i = 0; i < SEATS; i++)
        pthread_mutex_destroy(&forks[i]);
    printf("%d meals\n", total);
    return 0;
}
