/* expect: deadlock|lock-across-wait */
/* shutdown() joins the worker while it holds the lock that the worker needs to notice. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

struct service {
    pthread_mutex_t mu;
    pthread_t worker;
    int stop, beats;
};

static void *serve(void *arg)
{
    struct service *s = arg;
    for (;;) {
        usleep(10000);
        pthread_mutex_lock(&s->mu); /* fault: deadlock|lock-across-wait */
        s->beats++;
        int stop = s->stop;
        pthread_mutex_unlock(&s->mu);
        if (stop)
            return NULL;
    }
}

static void service_stop(struct service *s)
{
    pthread_mutex_lock(&s->mu); /* fault: deadlock|lock-across-wait */
    s->stop = 1;
    pthread_join(s->worker, NULL); /* fault: deadlock|lock-across-wait */
    printf("%s\n", s->beats > 0 ? "alive" : "never alive");
    pthread_mutex_unlock(&s->mu);
}

int main(void)
{
    static struct service s = {.mu = PTHREAD_MUTEX_INITIALIZER};
    pthread_create(&s.worker, NULL, serve, &s);
    usleep(50000);
    service_stop(&s);
    return 0;
}
