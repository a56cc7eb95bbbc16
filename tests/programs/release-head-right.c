/* expect: clean */
/* The flag is taken with an exchange that releases and given back by a relaxed store of the same thread, which continues
   the release sequence that the exchange heads (C11 5.1.2.4): what came before the exchange is published. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int taken, turns;
static int prepared[2];

static void take(void)
{
    while (atomic_exchange_explicit(&taken, 1, memory_order_acq_rel))
        sched_yield();
}

static void give_back(void)
{
    atomic_store_explicit(&taken, 0, memory_order_relaxed);
}

static void *worker(void *number)
{
    int me = *(int *)number;
    prepared[me] = 10 + me;
    take();
    int turn = atomic_load_explicit(&turns, memory_order_relaxed);
    atomic_store_explicit(&turns, turn + 1, memory_order_relaxed);
    if (turn == 1)
        printf("%d\n", prepared[0] + prepared[1]);
    give_back();
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    int numbers[2] = {0, 1};
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, worker, &numbers[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
