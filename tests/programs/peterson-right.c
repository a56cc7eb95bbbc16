/* expect: clean */
/* Peterson's algorithm; default (sequentially consistent) atomics make it correct in C11. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int wants[2];
static atomic_int turn;
static int shared;

static void *side(void *arg)
{
    int me = arg != NULL, other = !me;
    for (int i = 0; i < 500; i++) {
        wants[me] = 1;
        turn = other;
        while (wants[other] && turn == other)
            sched_yield();
        shared++;
        wants[me] = 0;
    }
    return NULL;
}

int main(void)
{
    pthread_t t[2];
    pthread_create(&t[0], NULL, side, NULL);
    pthread_create(&t[1], NULL, side, &shared);
    pthread_join(t[0], NULL);
    pthread_join(t[1], NULL);
    printf("%d\n", shared);
    return shared == 1000 ? 0 : 1;
}
