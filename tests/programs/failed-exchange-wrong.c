/* expect: data-race */
/* A compare-exchange that fails acquires nothing when its order for failure is relaxed, whatever the other one is. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int ready;
static int number;

static void *sender(void *unused)
{
    number = 42; /* fault: data-race */
    atomic_store_explicit(&ready, 1, memory_order_release);
    return unused;
}

static void *receiver(void *unused)
{
    int expected = 0;
    while (atomic_compare_exchange_strong_explicit(&ready, &expected, 0, memory_order_acq_rel, memory_order_relaxed))
        sched_yield();
    printf("%d\n", number); /* fault: data-race */
    return unused;
}

int main(void)
{
    pthread_t s, r;
    pthread_create(&r, NULL, receiver, NULL);
    pthread_create(&s, NULL, sender, NULL);
    pthread_join(s, NULL);
    pthread_join(r, NULL);
    return 0;
}
