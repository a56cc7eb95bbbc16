/* expect: clean */
/* One writer, three readers, a sequence count; the data themselves are relaxed atomics (after Boehm). */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static atomic_uint seq;
static atomic_long lo, hi;
static atomic_int writing = 1;

static void point_set(long v)
{
    unsigned s = atomic_load_explicit(&seq, memory_order_relaxed);
    atomic_store_explicit(&seq, s + 1, memory_order_relaxed);
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&lo, v, memory_order_relaxed);
    atomic_store_explicit(&hi, -v, memory_order_relaxed);
    atomic_store_explicit(&seq, s + 2, memory_order_release);
}

static long point_sum(void)
{
    for (;;) {
        unsigned before = atomic_load_explicit(&seq, memory_order_acquire);
        long a = atomic_load_explicit(&lo, memory_order_relaxed);
        long b = atomic_load_explicit(&hi, memory_order_relaxed);
        atomic_thread_fence(memory_order_acquire);
        if (before % 2 == 0 && before == atomic_load_explicit(&seq, memory_order_relaxed))
            return a + b;
        sched_yield();
    }
}

static void *reader(void *arg)
{
    while (atomic_load(&writing))
        if (point_sum() != 0)
            abort();
    return arg;
}

int main(void)
{
    pthread_t r[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&r[i], NULL, reader, NULL);
    for (long i = 0; i < 500; i++) {
        point_set(i);
        if (i % 50 == 0)
            sched_yield();
    }
    atomic_store(&writing, 0);
    for (int i = 0; i < 3; i++)
        pthread_join(r[i], NULL);
    printf("%u\n", atomic_load(&seq));
    return 0;
}
