/* expect: crash */
/* Every access is atomic, the increment is not. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#define TIMES 1500000

static atomic_long n;
static pthread_barrier_t start;

static void *increment(void *arg)
{
    pthread_barrier_wait(&start);
    for (int i = 0; i < TIMES; i++) {
        long v = atomic_load(&n);
        atomic_store(&n, v + 1); /* fault: crash */
    }
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_barrier_init(&start, NULL, 2);
    pthread_create(&a, NULL, increment, NULL);
    pthread_create(&b, NULL, increment, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    assert(atomic_load(&n) == 2 * TIMES); /* fault: crash */
    puts("as it should be");
    return 0;
}
