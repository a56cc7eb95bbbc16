/* expect: crash */
/* needs: explorer */
/* Three steps of two threads have to alternate before the last one goes wrong: a fault of depth five. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int step;

static void *even(void *arg)
{
    for (int i = 0; i < 6; i += 2) {
        int at = i;
        atomic_compare_exchange_strong(&step, &at, i + 1); /* fault: crash */
    }
    return arg;
}

static void *odd(void *arg)
{
    for (int i = 1; i < 6; i += 2) {
        int at = i;
        atomic_compare_exchange_strong(&step, &at, i + 1); /* fault: crash */
    }
    assert(atomic_load(&step) < 5); /* fault: crash */
    return arg;
}

int main(void)
{
    pthread_t first, second;
    pthread_create(&first, NULL, even, NULL);
    pthread_create(&second, NULL, odd, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    puts("out of step");
    return 0;
}
