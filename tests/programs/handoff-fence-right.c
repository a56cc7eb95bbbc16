/* expect: clean */
/* The same hand-off with relaxed accesses and two bare fences (C11 7.17.4). */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

static int payload[8];
static atomic_int flag;

static void *produce(void *arg)
{
    for (int i = 0; i < 8; i++)
        payload[i] = i * i;
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&flag, 1, memory_order_relaxed);
    return arg;
}

static void *consume(void *arg)
{
    int *sum = arg;

    while (atomic_load_explicit(&flag, memory_order_relaxed) == 0)
        sched_yield();
    atomic_thread_fence(memory_order_acquire);
    for (int i = 0; i < 8; i++)
        *sum += payload[i];
    return arg;
}

int main(void)
{
    pthread_t p, c;
    int sum = 0;

    pthread_create(&c, NULL, consume, &sum);
    pthread_create(&p, NULL, produce, NULL);
    pthread_join(p, NULL);
    pthread_join(c, NULL);
    printf("%d\n", sum);
    return sum == 140 ? 0 : 1;
}
