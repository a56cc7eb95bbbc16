/* expect: clean */
/* A relaxed read-modify-write of another thread, and a relaxed store of the same one, continue a release sequence. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int stage, level;
static int text, number;

static void wait_for(atomic_int *what, int value, memory_order order)
{
    while (atomic_load_explicit(what, order) < value)
        sched_yield();
}

static void *first(void *unused)
{
    text = 1;
    atomic_store_explicit(&stage, 1, memory_order_release);
    number = 1;
    atomic_store_explicit(&level, 1, memory_order_release);
    atomic_store_explicit(&level, 2, memory_order_relaxed);
    return unused;
}

static void *second(void *unused)
{
    wait_for(&stage, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&stage, 1, memory_order_relaxed);
    return unused;
}

static void *third(void *unused)
{
    wait_for(&stage, 2, memory_order_acquire);
    wait_for(&level, 2, memory_order_acquire);
    printf("%d\n", text + number);
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
