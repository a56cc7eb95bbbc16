/* expect: crash */
/* needs: explorer */
/* A queue with two locks, one for each end. When it is empty both ends meet at the same slot, and the count
   that should tell goes up before the item is there. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { ITEMS = 5 };

static pthread_mutex_t front = PTHREAD_MUTEX_INITIALIZER, back = PTHREAD_MUTEX_INITIALIZER;
static atomic_int count, slots[ITEMS];
static int first, last;

static void *add(void *arg)
{
    for (int i = 0; i < ITEMS; i++) {
        pthread_mutex_lock(&back);
        atomic_fetch_add(&count, 1);          /* fault: crash */
        atomic_store(&slots[last++], i + 1); /* fault: crash */
        pthread_mutex_unlock(&back);
    }
    return arg;
}

static void *take(void *arg)
{
    for (int i = 0; i < ITEMS; i++) {
        pthread_mutex_lock(&front);
        if (atomic_load(&count) > 0) {                  /* fault: crash */
            assert(atomic_load(&slots[first++]) != 0); /* fault: crash */
            atomic_fetch_sub(&count, 1);
        }
        pthread_mutex_unlock(&front);
    }
    return arg;
}

int main(void)
{
    pthread_t adder, taker;
    pthread_create(&adder, NULL, add, NULL);
    pthread_create(&taker, NULL, take, NULL);
    pthread_join(adder, NULL);
    pthread_join(taker, NULL);
    puts("taken");
    return 0;
}
