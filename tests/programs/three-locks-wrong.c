/* expect: lock-order|deadlock */
/* Nobody takes two locks the wrong way round, but three threads together close a ring. */
#include <pthread.h>
#include <stdio.h>

struct pump {
    const char *name;
    pthread_mutex_t lock;
    int litres;
};

static struct pump pumps[3] = {
    {"north", PTHREAD_MUTEX_INITIALIZER, 10},
    {"south", PTHREAD_MUTEX_INITIALIZER, 10},
    {"west", PTHREAD_MUTEX_INITIALIZER, 10},
};

struct route { struct pump *from, *to; };

static void *flow(void *arg)
{
    struct route *r = arg;
    pthread_mutex_lock(&r->from->lock); /* fault: lock-order|deadlock */
    r->from->litres--;
    pthread_mutex_lock(&r->to->lock); /* fault: lock-order|deadlock */
    r->to->litres++;
    pthread_mutex_unlock(&r->to->lock);
    pthread_mutex_unlock(&r->from->lock);
    return NULL;
}

int main(void)
{
    struct route ring[3];
    pthread_t t[3];
    for (int i = 0; i < 3; i++) {
        ring[i].from = &pumps[i];
        ring[i].to = &pumps[(i + 1) % 3];
        pthread_create(&t[i], NULL, flow, &ring[i]);
    }
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    for (int i = 0; i < 3; i++)
        printf("%s %d\n", pumps[i].name, pumps[i].litres);
    return 0;
}
