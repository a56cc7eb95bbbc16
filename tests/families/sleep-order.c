/* expect: crash */
/* needs: explorer */
/* The reader sleeps ten times as long as the writer, which is no order at all. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

enum { HELPERS = 4 };

static atomic_int ready;

static void *write_late(void *arg)
{
    usleep(1000); /* fault: crash */
    atomic_fetch_add(&ready, 1); /* fault: crash */
    return arg;
}

static void *read_later(void *arg)
{
    usleep(10000); /* fault: crash */
    assert(atomic_load(&ready) == HELPERS); /* fault: crash */
    return arg;
}

int main(void)
{
    pthread_t helpers[HELPERS], reader;
    for (int i = 0; i < HELPERS; i++)
        pthread_create(&helpers[i], NULL, write_late, NULL);
    pthread_create(&reader, NULL, read_later, NULL);
    for (int i = 0; i < HELPERS; i++)
        pthread_join(helpers[i], NULL);
    pthread_join(reader, NULL);
    puts("on time");
    return 0;
}
