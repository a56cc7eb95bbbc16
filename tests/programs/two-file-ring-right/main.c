/* expect: clean */
#include "ring.h"

#include <pthread.h>
#include <stdio.h>

static void *feed(void *arg)
{
    for (int i = 1; i <= 25; i++)
        ring_put(arg, i);
    ring_close(arg);
    return NULL;
}

int main(void)
{
    struct ring *r = ring_new(4);
    pthread_t t;
    int v, sum = 0;

    if (r == NULL || pthread_create(&t, NULL, feed, r) != 0)
        return 1;
    while (ring_get(r, &v))
        sum += v;
    pthread_join(t, NULL);
    ring_free(r);
    printf("%d\n", sum);
    return 0;
}
