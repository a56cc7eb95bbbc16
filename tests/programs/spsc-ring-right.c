/* expect: clean */
/* A ring of one producer and one consumer: two indices, each written by one side only. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#define SIZE 8u /* a power of two */
#define ITEMS 400

struct ring {
    _Atomic unsigned head; /* next to read */
    _Atomic unsigned tail; /* next to write */
    char *slot[SIZE];
};

static int ring_push(struct ring *r, char *s)
{
    unsigned t = atomic_load_explicit(&r->tail, memory_order_relaxed);
    if (t - atomic_load_explicit(&r->head, memory_order_acquire) == SIZE)
        return 0;
    r->slot[t % SIZE] = s;
    atomic_store_explicit(&r->tail, t + 1, memory_order_release);
    return 1;
}

static char *ring_pop(struct ring *r)
{
    unsigned h = atomic_load_explicit(&r->head, memory_order_relaxed);
    if (h == atomic_load_explicit(&r->tail, memory_order_acquire))
        return NULL;
    char *s = r->slot[h % SIZE];
    atomic_store_explicit(&r->head, h + 1, memory_order_release);
    return s;
}

static void *producer(void *arg)
{
    for (int i = 0; i < ITEMS; i++) {
        char *s = malloc(16);
        if (!s)
            abort();
        snprintf(s, 16, "%d", i);
        while (!ring_push(arg, s))
            sched_yield();
    }
    return NULL;
}

int main(void)
{
    static struct ring ring;
    pthread_t t;
    long sum = 0;
    pthread_create(&t, NULL, producer, &ring);
    for (int i = 0; i < ITEMS; i++) {
        char *s;
        while ((s = ring_pop(&ring)) == NULL)
            sched_yield();
        sum += strtol(s, NULL, 10);
        free(s);
    }
    pthread_join(t, NULL);
    printf("%ld\n", sum);
    return sum != ITEMS * (ITEMS - 1L) / 2;
}
