#include "queue.h"

#include <pthread.h>

static struct queue queue;

static void *work(void *unused)
{
    send(&queue, 2);
    pause();
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, 0, work, 0);
    int got = recv(&queue);
    pthread_join(thread, 0);
    got += recv(&queue);
    return got != 2;
}
