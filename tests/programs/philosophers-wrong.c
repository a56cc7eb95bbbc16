/* expect: deadlock */
/* Every philosopher takes the left fork, sees that all the others have theirs, and reaches to the right. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

enum { SEATS = 5 };

static pthread_mutex_t forks[SEATS];
static atomic_int holding_left;

static void *philosopher(void *arg)
{
    int seat = *(int *)arg;
    pthread_mutex_t *left = &forks[seat];
    pthread_mutex_t *right = &forks[(seat + 1) % SEATS];

    pthread_mutex_lock(left); /* fault: deadlock */
    atomic_fetch_add(&holding_left, 1);
    while (atomic_load(&holding_left) < SEATS)
        sched_yield();
    pthread_mutex_lock(right); /* fault: deadlock */
    printf("philosopher %d eats\n", seat);
    pthread_mutex_unlock(right);
    pthread_mutex_unlock(left);
    return NULL;
}

int main(void)
{
    pthread_t threads[SEATS];
    int seats[SEATS];

    for (int i = 0; i < SEATS; i++)
        pthread_mutex_init(&forks[i], NULL);
    for (int i = 0; i < SEATS; i++) {
        seats[i] = i;
        pthread_create(&threads[i], NULL, philosopher, &seats[i]);
    }
    for (int i = 0; i < SEATS; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
