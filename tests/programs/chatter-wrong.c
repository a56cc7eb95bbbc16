/* expect: output-limit|timeout */
/* The loop that should end when the other thread says so has lost its condition, and talks for ever. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int stop;

static void *talk(void *arg)
{
    for (unsigned long i = 0;; i++)
        printf("%lu bottles of beer on the wall, %lu bottles of beer\n", i, i); /* fault: output-limit|timeout */
    return arg;
}

static void *hush(void *arg)
{
    atomic_store(&stop, 1);
    return arg;
}

int main(void)
{
    pthread_t t, h;
    pthread_create(&t, NULL, talk, NULL);
    pthread_create(&h, NULL, hush, NULL);
    pthread_join(h, NULL);
    pthread_join(t, NULL);
    return 0;
}
