/* expect: clean */
/* The producer closes the queue, and the consumer drains it and leaves. */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#define CAPACITY 8

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t not_empty, not_full;
    int items[CAPACITY];
    int head, count;
    bool closed;
} q = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, PTHREAD_COND_INITIALIZER, {0}, 0, 0, false};

static void put(int item)
{
    pthread_mutex_lock(&q.mutex);
    while (q.count == CAPACITY)
        pthread_cond_wait(&q.not_full, &q.mutex);
    q.items[(q.head + q.count++) % CAPACITY] = item;
    pthread_cond_signal(&q.not_empty);
    pthread_mutex_unlock(&q.mutex);
}

static bool get(int *item)
{
    pthread_mutex_lock(&q.mutex);
    while (q.count == 0 && !q.closed)
        pthread_cond_wait(&q.not_empty, &q.mutex);
    bool got = q.count > 0;
    if (got) {
        *item = q.items[q.head];
        q.head = (q.head + 1) % CAPACITY;
        q.count--;
        pthread_cond_signal(&q.not_full);
    }
    pthread_mutex_unlock(&q.mutex);
    return got;
}

static void *producer(void *arg)
{
    for (int i = 1; i <= 50; i++)
        put(i);
    pthread_mutex_lock(&q.mutex);
    q.closed = true;
    pthread_cond_broadcast(&q.not_empty);
    pthread_mutex_unlock(&q.mutex);
    return arg;
}

static void *consumer(void *arg)
{
    int item, *sum = arg;
    while (get(&item))
        *sum += item;
    return NULL;
}

int main(void)
{
    pthread_t p, c;
    int sum = 0;
    pthread_create(&c, NULL, consumer, &sum);
    pthread_create(&p, NULL, producer, NULL);
    pthread_join(p, NULL);
    pthread_join(c, NULL);
    printf("%d\n", sum);
    return 0;
}
