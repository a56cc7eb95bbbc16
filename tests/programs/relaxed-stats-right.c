/* expect: clean */
/* Statistics need no order: relaxed counters, read while they move, and an exact sum after the joins. */
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static struct {
    _Atomic uint64_t requests;
    _Atomic uint32_t errors;
    _Atomic uint8_t last;
    atomic_llong bytes;
} stats;

static void *serve(void *arg)
{
    for (unsigned i = 0; i < 500; i++) {
        atomic_fetch_add_explicit(&stats.requests, 1, memory_order_relaxed);
        stats.bytes += i;
        if (i % 100 == 7)
            atomic_fetch_add_explicit(&stats.errors, 1, memory_order_relaxed);
        atomic_store_explicit(&stats.last, (uint8_t)i, memory_order_relaxed);
    }
    return arg;
}

int main(void)
{
    pthread_t t[3];
    uint64_t seen = 0;

    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, serve, NULL);
    for (int i = 0; i < 10; i++) {
        uint64_t now = atomic_load_explicit(&stats.requests, memory_order_relaxed);
        if (now < seen)
            return 1;
        seen = now;
    }
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    printf("%" PRIu64 " requests, %" PRIu32 " errors, %lld bytes\n", stats.requests, stats.errors, stats.bytes);
    return 0;
}
