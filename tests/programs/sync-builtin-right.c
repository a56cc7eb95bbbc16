/* expect: clean */
/* Old style: the __sync builtins as lock, counter and barrier. */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static int lock, arrived;
static int ops;
static int histogram[5];

static void acquire(void) { while (__sync_lock_test_and_set(&lock, 1)) sched_yield(); }
static void release(void) { __sync_lock_release(&lock); }

static void *worker(void *arg)
{
    int id = *(int *)arg;

    for (int i = 0; i < 100; i++) {
        acquire();
        histogram[(id + i) % 5]++;
        release();
        __sync_fetch_and_add(&ops, 1);
    }
    __sync_synchronize();
    __sync_add_and_fetch(&arrived, 1);
    return NULL;
}

int main(void)
{
    pthread_t t[3];
    int id[3] = {0, 1, 2}, sum = 0;

    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, worker, &id[i]);
    while (__sync_fetch_and_add(&arrived, 0) < 3)
        sched_yield();
    for (int i = 0; i < 5; i++)
        sum += histogram[i];
    printf("%d %d\n", sum, __sync_val_compare_and_swap(&ops, 300, 0));
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    return sum != 300;
}
