/* expect: deadlock|lock-order */
/* needs: explorer */
/* A table of three: all take the left fork first, and with bad luck all have it. */
#include <pthread.h>
#include <stdio.h>

enum { SEATS = 3 };

static pthread_mutex_t forks[SEATS];
static int meals[SEATS];

static void *dine(void *arg)
{
    int *meal = arg, seat = (int)(meal - meals);
    pthread_mutex_lock(&forks[seat]);               /* fault: deadlock|lock-order */
    pthread_mutex_lock(&forks[(seat + 1) % SEATS]); /* fault: deadlock|lock-order */
    ++*meal;
    pthread_mutex_unlock(&forks[(seat + 1) % SEATS]);
    pthread_mutex_unlock(&forks[seat]);
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
    puts("fed");
    return 0;
}
