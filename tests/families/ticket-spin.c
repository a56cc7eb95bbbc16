/* expect: crash */
/* needs: explorer */
/* A lock by hand that spins: it looks whether it is free in one step and takes it in another. */
#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

enum { THREADS = 3, ROUNDS = 2 };

static atomic_bool held;
static atomic_int inside;

static void *enter(void *arg)
{
    for (int i = 0; i < ROUNDS; i++) {
        while (atomic_load(&held)) /* fault: crash */
            sched_yield();
        atomic_store(&held, true);                      /* fault: crash */
        assert(atomic_fetch_add(&inside, 1) == 0); /* fault: crash */
        atomic_fetch_sub(&inside, 1);                   /* fault: crash */
        atomic_store(&held, false);
    }
    return arg;
}

int main(void)
{
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, enter, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    puts("alone");
    return 0;
}
