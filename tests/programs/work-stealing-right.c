/* expect: clean */
/* A work-stealing deque after Chase and Lev, fixed size, every index operation sequentially consistent. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#define ROOM 64
#define JOBS 300

struct job { int n; };

static atomic_long top, bottom;
static _Atomic(struct job *) deque[ROOM];
static atomic_int finished;

static int push(struct job *j)
{
    long b = atomic_load(&bottom);
    if (b - atomic_load(&top) >= ROOM)
        return 0;
    atomic_store(&deque[b % ROOM], j);
    atomic_store(&bottom, b + 1);
    return 1;
}

static struct job *take(void)
{
    long b = atomic_load(&bottom) - 1;
    struct job *j = NULL;
    atomic_store(&bottom, b);
    long t = atomic_load(&top);
    if (t <= b) {
        j = atomic_load(&deque[b % ROOM]);
        if (t < b)
            return j;
        if (!atomic_compare_exchange_strong(&top, &t, t + 1))
            j = NULL;
    }
    atomic_store(&bottom, b + 1);
    return j;
}

static struct job *steal(void)
{
    long t = atomic_load(&top);
    if (t >= atomic_load(&bottom))
        return NULL;
    struct job *j = atomic_load(&deque[t % ROOM]);
    return atomic_compare_exchange_strong(&top, &t, t + 1) ? j : NULL;
}

static long run(struct job *j)
{
    long n = j ? j->n : 0;
    free(j);
    return n;
}

static void *thief(void *sum)
{
    while (!atomic_load(&finished)) {
        *(long *)sum += run(steal());
        sched_yield();
    }
    return NULL;
}

int main(void)
{
    pthread_t t[2];
    long sum = 0, stolen[2] = {0, 0};
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, thief, &stolen[i]);
    for (int i = 1; i <= JOBS; i++) {
        struct job *j = malloc(sizeof *j);
        if (!j)
            abort();
        j->n = i;
        while (!push(j))
            sum += run(take());
        if (i % 3 == 0)
            sum += run(take());
    }
    for (struct job *j; (j = take()) || atomic_load(&top) < atomic_load(&bottom);)
        sum += run(j);
    atomic_store(&finished, 1);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    sum += stolen[0] + stolen[1];
    printf("%ld\n", sum);
    return sum != JOBS * (JOBS + 1L) / 2;
}
