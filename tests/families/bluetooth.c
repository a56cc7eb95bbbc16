/* expect: crash */
/* needs: explorer */
/* A driver counts the requests that are under way, and stops once there is none. A request that has looked
   whether the driver stops, and is counted only after it has stopped, meets a dead driver. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static atomic_int pending = 1;
static atomic_bool stopping, stopped;

static void leave(void)
{
    if (atomic_fetch_sub(&pending, 1) == 1) /* fault: crash */
        atomic_store(&stopped, true);
}

static void *request(void *arg)
{
    if (atomic_load(&stopping)) /* fault: crash */
        return arg;
    atomic_fetch_add(&pending, 1); /* fault: crash */
    assert(!atomic_load(&stopped)); /* fault: crash */
    leave();
    return arg;
}

static void *stop(void *arg)
{
    atomic_store(&stopping, true); /* fault: crash */
    leave();
    return arg;
}

int main(void)
{
    pthread_t requests[2], stopper;
    for (int i = 0; i < 2; i++)
        pthread_create(&requests[i], NULL, request, NULL);
    pthread_create(&stopper, NULL, stop, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(requests[i], NULL);
    pthread_join(stopper, NULL);
    puts("stopped");
    return 0;
}
