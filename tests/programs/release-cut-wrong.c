/* expect: data-race */
/* The store of another thread ends a release sequence: who reads it learns nothing of the first thread. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int stage;
static int text;

static void wait_for(int value, memory_order order)
{
    while (atomic_load_explicit(&stage, order) < value)
        sched_yield();
}

static void *first(void *unused)
{
    text = 1; /* fault: data-race */
    atomic_store_explicit(&stage, 1, memory_order_release);
    return unused;
}

static void *second(void *unused)
{
    wait_for(1, memory_order_relaxed);
    atomic_store_explicit(&stage, 2, memory_order_relaxed);
    return unused;
}

static void *third(void *unused)
{
    wait_for(2, memory_order_acquire);
    printf("%d\n", text); /* fault: data-race */
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
