/* expect: data-race */
/* volatile is not a synchronisation. */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static volatile int ready;
static int answer;

static void *think(void *arg)
{
    answer = 42; /* fault: data-race */
    ready = 1;   /* fault: data-race */
    return arg;
}

int main(void)
{
    pthread_t t;
    if (pthread_create(&t, NULL, think, NULL))
        return 1;
    while (!ready) /* fault: data-race */
        sched_yield();
    printf("%d\n", answer); /* fault: data-race */
    pthread_join(t, NULL);
    return 0;
}
