/* expect: crash */
/* needs: explorer */
/* A ring for one producer and one consumer, without a lock. The producer announces an item before it has
   put it there. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { ROOM = 3, ITEMS = 6 };

static atomic_int ring[ROOM];
static atomic_uint head, tail;

static void *produce(void *arg)
{
    for (int item = 1; item <= ITEMS; item++) {
        unsigned at = atomic_load(&tail);
        if (at - atomic_load(&head) == ROOM)
            break;
        atomic_store(&tail, at + 1);          /* fault: crash */
        atomic_store(&ring[at % ROOM], item); /* fault: crash */
    }
    return arg;
}

static void *consume(void *arg)
{
    for (int item = 1; item <= ITEMS; item++) {
        unsigned at = atomic_load(&head);
        if (at == atomic_load(&tail)) /* fault: crash */
            break;
        assert(atomic_load(&ring[at % ROOM]) == item); /* fault: crash */
        atomic_store(&head, at + 1);
    }
    return arg;
}

int main(void)
{
    pthread_t producer, consumer;
    pthread_create(&consumer, NULL, consume, NULL);
    pthread_create(&producer, NULL, produce, NULL);
    pthread_join(producer, NULL);
    pthread_join(consumer, NULL);
    puts("passed on");
    return 0;
}
