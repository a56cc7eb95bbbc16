/* expect: clean */
/* Detached threads, a counter of the living, and a main that waits until it is zero; then they may still be ending. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct crew {
    pthread_mutex_t mu;
    pthread_cond_t empty;
    unsigned alive;
    long work;
};

struct errand { struct crew *crew; long load; };

static void *run(void *arg)
{
    struct errand *e = arg;
    struct crew *c = e->crew;
    long load = e->load;
    free(e);
    pthread_mutex_lock(&c->mu);
    c->work += load;
    if (--c->alive == 0)
        pthread_cond_signal(&c->empty);
    pthread_mutex_unlock(&c->mu);
    return NULL;
}

int main(void)
{
    static struct crew crew = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0};
    pthread_attr_t a;

    pthread_attr_init(&a);
    pthread_attr_setdetachstate(&a, PTHREAD_CREATE_DETACHED);
    for (int i = 1; i <= 8; i++) {
        pthread_t t;
        struct errand *e = malloc(sizeof *e);
        if (e == NULL)
            return 1;
        e->crew = &crew;
        e->load = i;
        pthread_mutex_lock(&crew.mu);
        crew.alive++;
        pthread_mutex_unlock(&crew.mu);
        if (pthread_create(&t, &a, run, e) != 0)
            return 1;
    }
    pthread_attr_destroy(&a);
    pthread_mutex_lock(&crew.mu);
    while (crew.alive > 0)
        pthread_cond_wait(&crew.empty, &crew.mu);
    printf("%ld\n", crew.work);
    pthread_mutex_unlock(&crew.mu);
    return 0;
}
