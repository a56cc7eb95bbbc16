/* expect: clean */
/* The condition is signalled after the mutex was given back, which POSIX allows. */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

struct gate {
    pthread_mutex_t mu;
    pthread_cond_t cv;
    bool open;
};

static void gate_open(struct gate *g)
{
    pthread_mutex_lock(&g->mu);
    g->open = true;
    pthread_mutex_unlock(&g->mu);
    pthread_cond_broadcast(&g->cv);
}

static void gate_pass(struct gate *g)
{
    pthread_mutex_lock(&g->mu);
    while (!g->open)
        pthread_cond_wait(&g->cv, &g->mu);
    pthread_mutex_unlock(&g->mu);
}

static struct gate gate;
static int goods;

static void *carrier(void *sum)
{
    gate_pass(&gate);
    *(int *)sum = goods;
    return NULL;
}

int main(void)
{
    pthread_t t[3];
    int got[3];

    pthread_mutex_init(&gate.mu, NULL);
    pthread_cond_init(&gate.cv, NULL);
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, carrier, &got[i]);
    goods = 11;
    gate_open(&gate);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    printf("%d\n", got[0] + got[1] + got[2]);
    pthread_cond_destroy(&gate.cv);
    pthread_mutex_destroy(&gate.mu);
    return 0;
}
