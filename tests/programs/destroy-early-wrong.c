/* expect: lock-misuse|data-race */
/* needs: explorer */
/* main destroys an event as soon as it has set it, though the waiter has not returned from its wait. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
struct event { pthread_mutex_t m; pthread_cond_t c; int set; };
static void *waiter(void *arg)
{
    struct event *e = arg;
    pthread_mutex_lock(&e->m); /* fault: lock-misuse|data-race */
    while (!e->set)
        pthread_cond_wait(&e->c, &e->m);
    pthread_mutex_unlock(&e->m);
    return NULL;
}
int main(void)
{
    struct event e = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0};
    pthread_t t;
    pthread_create(&t, NULL, waiter, &e);
    pthread_mutex_lock(&e.m);
    e.set = 1;
    pthread_cond_signal(&e.c);
    pthread_mutex_unlock(&e.m);
    pthread_cond_destroy(&e.c);
    pthread_mutex_destroy(&e.m); /* fault: lock-misuse|data-race */
    pthread_join(t, NULL);
    return 0;
}
