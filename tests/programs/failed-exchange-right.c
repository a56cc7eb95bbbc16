/* expect: clean */
/* A compare-exchange that fails is a load with the order given for failure: acquire here, and it finds the value released. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int ready;
static int number;

static void *sender(void *unused)
{
    number = 42;
    atomic_store_explicit(&ready, 1, memory_order_release);
    return unused;
}

static void *receiver(void *unused)
{
    int expected = 0;
    while (atomic_compare_exchange_strong_explicit(&ready, &expected, 0, memory_order_relaxed,
                                                   memory_order_relaxed))
        sched_yield();
    expected = 2;
    if (!atomic_compare_exchange_strong_explicit(&ready, &expected, 3, memory_order_acq_rel, memory_order_acquire))
        printf("%d\n", number);
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
