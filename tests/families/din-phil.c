/* expect: crash */
/* needs: explorer */
/* Philosophers who try their second fork and put the first one back: no deadlock, but each gives up after
   three attempts, and then somebody stays hungry. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

enum { SEATS = 3, ATTEMPTS = 3 };

static pthread_mutex_t forks[SEATS];
static int meals[SEATS];

static void *dine(void *arg)
{
    int *meal = arg, seat = (int)(meal - meals);
    for (int i = 0; i < ATTEMPTS && !*meal; i++) {
        pthread_mutex_lock(&forks[seat]); /* fault: crash */
        if (pthread_mutex_trylock(&forks[(seat + 1) % SEATS]) == 0) { /* fault: crash */
            ++*meal;
            pthread_mutex_unlock(&forks[(seat + 1) % SEATS]);
        }
        pthread_mutex_unlock(&forks[seat]);
    }
    return NULL;
}

int main(void)
{
    pthread_t guests[SEATS];
    for (int i = 0; i < SEATS; i++)
        pthread_mutex_init(&forks[i], NULL);
    for (int i = 0; i < SEATS; i++)
        pthread_create(&guests[i], NULL, dine, &meals[i]);
    for (int i = 0; i < SEATS; i++)
        pthread_join(guests[i], NULL);
    for (int i = 0; i < SEATS; i++)
        assert(meals[i]); /* fault: crash */
    puts("fed");
    return 0;
}
