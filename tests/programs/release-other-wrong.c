/* expect: data-race */
/* Two threads release through one object; the store that is read continues the sequence of one of them only. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int stage;
static int mine, other;

static void wait_for(int value, memory_order order)
{
    while (atomic_load_explicit(&stage, order) < value)
        sched_yield();
}

static void *first(void *unused)
{
    mine = 1;
    atomic_store_explicit(&stage, 1, memory_order_release);
    wait_for(2, memory_order_relaxed);
    atomic_store_explicit(&stage, 3, memory_order_relaxed);
    return unused;
}

static void *second(void *unused)
{
    wait_for(1, memory_order_relaxed);
    other = 2; /* fault: data-race */
    atomic_fetch_add_explicit(&stage, 1, memory_order_release);
    return unused;
}

static void *third(void *unused)
{
    wait_for(3, memory_order_acquire);
    int sum = mine;
    sum += other; /* fault: data-race */
    printf("%d\n", sum);
    return unused;
}

int main(void)
{
    void *(*const functions[])(void *) = {first, second, third};
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, functions[i], NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
