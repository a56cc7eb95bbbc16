/* expect: crash */
/* needs: explorer */
/* A stack of numbered nodes without tags: between the look at the top and the exchange the same node can
   have come back, with another one under it. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { NONE = 0, NODES = 3 };

static atomic_int top, next[NODES + 1], owned[NODES + 1];

static void push(int node)
{
    int seen = atomic_load(&top);
    atomic_store(&owned[node], 0);
    do
        atomic_store(&next[node], seen);
    while (!atomic_compare_exchange_strong(&top, &seen, node)); /* fault: crash */
}

static int pop(void)
{
    int seen = atomic_load(&top); /* fault: crash */
    while (seen != NONE) {
        int after = atomic_load(&next[seen]); /* fault: crash */
        if (atomic_compare_exchange_strong(&top, &seen, after)) { /* fault: crash */
            assert(atomic_exchange(&owned[seen], 1) == 0); /* fault: crash */
            return seen;
        }
    }
    return NONE;
}

static void *one(void *arg)
{
    pop();
    pop();
    return arg;
}

static void *two(void *arg)
{
    int a = pop(), b = pop();
    if (a != NONE)
        push(a);
    (void)b;
    return arg;
}

int main(void)
{
    pthread_t first, second;
    for (int node = 1; node <= NODES; node++)
        push(node);
    pthread_create(&first, NULL, one, NULL);
    pthread_create(&second, NULL, two, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    puts("popped");
    return 0;
}
