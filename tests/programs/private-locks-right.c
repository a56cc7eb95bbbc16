/* expect: clean */
/* A hundred threads, each with a lock of its own that nobody else takes. */
#include <pthread.h>
#include <stdio.h>

enum { THREADS = 100, TURNS = 2000 };

static struct slot {
    pthread_mutex_t lock;
    long turns;
} slots[THREADS];
static pthread_barrier_t go;

static void *work(void *arg)
{
    struct slot *slot = arg;
    pthread_barrier_wait(&go);
    for (int i = 0; i < TURNS; i++) {
        pthread_mutex_lock(&slot->lock);
        slot->turns++;
        pthread_mutex_unlock(&slot->lock);
    }
    return NULL;
}

int main(void)
{
    pthread_t threads[THREADS];
    long turns = 0;
    pthread_barrier_init(&go, NULL, THREADS);
    for (int i = 0; i < THREADS; i++)
        pthread_mutex_init(&slots[i].lock, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, work, &slots[i]);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < THREADS; i++)
        turns += slots[i].turns;
    printf("%ld\n", turns);
    return 0;
}
