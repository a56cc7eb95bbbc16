/* expect: deadlock|stuck-wait */
/* Three threads, each of which waits for the end of the next one. */
#include <pthread.h>
#include <stdio.h>

static pthread_t ring[3];
static pthread_barrier_t known;

static void *wait_for(void *next)
{
    pthread_barrier_wait(&known);
    pthread_join(*(pthread_t *)next, NULL); /* fault: deadlock|stuck-wait */
    return NULL;
}

int main(void)
{
    pthread_barrier_init(&known, NULL, 4);
    for (int i = 0; i < 3; i++)
        pthread_create(&ring[i], NULL, wait_for, &ring[(i + 1) % 3]);
    pthread_barrier_wait(&known);
    puts("the ring is closed");
    fflush(stdout);
    pthread_exit(NULL);
}
