/* expect: data-race */
/* A cache keeps two statistics in one struct; one of the helpers forgets the lock. */
#include <pthread.h>
#include <stdio.h>

struct stats {
    pthread_mutex_t lock;
    long hits;
    long misses;
};

static struct stats stats = {.lock = PTHREAD_MUTEX_INITIALIZER};

static inline void stats_hit(struct stats *s)
{
    pthread_mutex_lock(&s->lock);
    s->hits++;
    pthread_mutex_unlock(&s->lock);
}

static inline void stats_miss(struct stats *s)
{
    s->misses++; /* fault: data-race */
}

static void *client(void *arg)
{
    long seed = (long)arg;
    for (int i = 0; i < 20000; i++) {
        if ((seed + i) % 3 == 0)
            stats_miss(&stats);
        else
            stats_hit(&stats);
    }
    return NULL;
}

int main(void)
{
    pthread_t t[3];
    for (long i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, client, (void *)i);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    printf("asked %s\n", stats.hits + stats.misses > 0 ? "yes" : "no");
    return 0;
}
