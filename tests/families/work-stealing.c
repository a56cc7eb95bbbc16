/* expect: crash */
/* needs: explorer */
/* A queue of work: its owner takes from the bottom, thieves from the top. Whoever takes the last piece has
   to make sure that it is alone, and the owner does not. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { PIECES = 4, THIEVES = 2 };

static atomic_int top, bottom, taken[PIECES];

static void take(int piece)
{
    assert(atomic_fetch_add(&taken[piece], 1) == 0); /* fault: crash */
}

static void *own(void *arg)
{
    for (int i = 0; i < PIECES; i++)
        atomic_store(&bottom, i + 1);
    for (;;) {
        int b = atomic_load(&bottom) - 1;
        atomic_store(&bottom, b);  /* fault: crash */
        if (atomic_load(&top) > b) /* fault: crash */
            break;
        take(b); /* fault: crash */
    }
    return arg;
}

static void *steal(void *arg)
{
    for (int i = 0; i < 2; i++) {
        int t = atomic_load(&top);
        if (t < atomic_load(&bottom) &&                       /* fault: crash */
            atomic_compare_exchange_strong(&top, &t, t + 1)) /* fault: crash */
            take(t);                                          /* fault: crash */
    }
    return arg;
}

int main(void)
{
    pthread_t owner, thieves[THIEVES];
    pthread_create(&owner, NULL, own, NULL);
    for (int i = 0; i < THIEVES; i++)
        pthread_create(&thieves[i], NULL, steal, NULL);
    pthread_join(owner, NULL);
    for (int i = 0; i < THIEVES; i++)
        pthread_join(thieves[i], NULL);
    puts("done");
    return 0;
}
