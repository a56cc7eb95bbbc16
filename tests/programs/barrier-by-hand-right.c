/* expect: clean */
/* A sense-reversing barrier of one counter and one flag. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

#define PARTIES 3
#define ROUNDS 10

static atomic_int left = PARTIES;
static atomic_int sense;
static int cell[PARTIES];

static void meet(int *my_sense)
{
    *my_sense = !*my_sense;
    if (atomic_fetch_sub_explicit(&left, 1, memory_order_acq_rel) == 1) {
        atomic_store_explicit(&left, PARTIES, memory_order_relaxed);
        atomic_store_explicit(&sense, *my_sense, memory_order_release);
    } else {
        while (atomic_load_explicit(&sense, memory_order_acquire) != *my_sense)
            sched_yield();
    }
}

static void *party(void *arg)
{
    int me = *(int *)arg, my_sense = 0;
    for (int r = 0; r < ROUNDS; r++) {
        int before = cell[(me + 1) % PARTIES];
        meet(&my_sense);
        cell[me] = before + 1;
        meet(&my_sense);
    }
    return NULL;
}

int main(void)
{
    pthread_t t[PARTIES];
    int id[PARTIES];
    for (int i = 0; i < PARTIES; i++) {
        id[i] = i;
        pthread_create(&t[i], NULL, party, &id[i]);
    }
    for (int i = 0; i < PARTIES; i++)
        pthread_join(t[i], NULL);
    printf("%d %d %d\n", cell[0], cell[1], cell[2]);
    return 0;
}
