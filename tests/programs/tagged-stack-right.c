/* expect: clean */
/* A lock-free free list of cells; the head carries a tag against ABA. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

#define CELLS 6
#define NONE 0xffffu

static _Atomic unsigned long long head; /* tag << 16 | index */
static atomic_uint next[CELLS];
static long cell[CELLS]; /* owned by whoever took the index */

static void give(unsigned i)
{
    unsigned long long old = atomic_load_explicit(&head, memory_order_relaxed), new;
    do {
        atomic_store_explicit(&next[i], (unsigned)(old & 0xffff), memory_order_relaxed);
        new = ((old >> 16) + 1) << 16 | i;
    } while (!atomic_compare_exchange_weak_explicit(&head, &old, new, memory_order_release, memory_order_relaxed));
}

static unsigned take(void)
{
    unsigned long long old = atomic_load_explicit(&head, memory_order_acquire), new;
    do {
        if ((old & 0xffff) == NONE)
            return NONE;
        new = ((old >> 16) + 1) << 16 | atomic_load_explicit(&next[old & 0xffff], memory_order_relaxed);
    } while (!atomic_compare_exchange_weak_explicit(&head, &old, new, memory_order_acquire, memory_order_acquire));
    return (unsigned)(old & 0xffff);
}

static void *churn(void *arg)
{
    for (int i = 0; i < 300;) {
        unsigned c = take();
        if (c == NONE) {
            sched_yield();
            continue;
        }
        cell[c]++;
        give(c);
        i++;
    }
    return arg;
}

int main(void)
{
    pthread_t t[3];
    long sum = 0;
    atomic_store(&head, NONE);
    for (unsigned i = 0; i < CELLS; i++)
        give(i);
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, churn, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    for (int i = 0; i < CELLS; i++)
        sum += cell[i];
    printf("%ld\n", sum);
    return sum != 900;
}
