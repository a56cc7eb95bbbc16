#include "ring.h"

#include <pthread.h>
#include <stdlib.h>

struct ring {
    pthread_mutex_t mu;
    pthread_cond_t changed;
    unsigned size, head, count;
    int closed;
    int values[];
};

struct ring *ring_new(unsigned size)
{
    struct ring *r = calloc(1, sizeof *r + size * sizeof r->values[0]);
    if (r != NULL) {
        pthread_mutex_init(&r->mu, NULL);
        pthread_cond_init(&r->changed, NULL);
        r->size = size;
    }
    return r;
}

void ring_free(struct ring *r)
{
    pthread_cond_destroy(&r->changed);
    pthread_mutex_destroy(&r->mu);
    free(r);
}

void ring_put(struct ring *r, int value)
{
    pthread_mutex_lock(&r->mu);
    while (r->count == r->size)
        pthread_cond_wait(&r->changed, &r->mu);
    r->values[(r->head + r->count++) % r->size] = value;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->mu);
}

int ring_get(struct ring *r, int *value)
{
    int got;
    pthread_mutex_lock(&r->mu);
    while (r->count == 0 && !r->closed)
        pthread_cond_wait(&r->changed, &r->mu);
    got = r->count > 0;
    if (got) {
        *value = r->values[r->head];
        r->head = (r->head + 1) % r->size;
        r->count--;
        pthread_cond_broadcast(&r->changed);
    }
    pthread_mutex_unlock(&r->mu);
    return got;
}

void ring_close(struct ring *r)
{
    pthread_mutex_lock(&r->mu);
    r->closed = 1;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->mu);
}
