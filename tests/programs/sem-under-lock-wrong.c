/* expect: lock-across-wait|deadlock|stuck-wait */
/* fetch() waits for an item with the lock in its hand, and store() needs that lock to bring one. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

struct store {
    pthread_mutex_t mu;
    sem_t items;
    int shelf[8], n;
};

static struct store st = {.mu = PTHREAD_MUTEX_INITIALIZER};
static sem_t inside;

static int fetch(struct store *s)
{
    pthread_mutex_lock(&s->mu); /* fault: lock-across-wait|deadlock|stuck-wait */
    sem_post(&inside);
    sem_wait(&s->items); /* fault: lock-across-wait|deadlock|stuck-wait */
    int v = s->shelf[--s->n];
    pthread_mutex_unlock(&s->mu);
    return v;
}

static void put(struct store *s, int v)
{
    pthread_mutex_lock(&s->mu); /* fault: lock-across-wait|deadlock|stuck-wait */
    s->shelf[s->n++] = v;
    pthread_mutex_unlock(&s->mu);
    sem_post(&s->items);
}

static void *consumer(void *arg)
{
    *(int *)arg = fetch(&st);
    return NULL;
}

int main(void)
{
    pthread_t t;
    int v = 0;
    sem_init(&st.items, 0, 0);
    sem_init(&inside, 0, 0);
    pthread_create(&t, NULL, consumer, &v);
    sem_wait(&inside);
    put(&st, 8);
    pthread_join(t, NULL);
    printf("%d\n", v);
    return 0;
}
