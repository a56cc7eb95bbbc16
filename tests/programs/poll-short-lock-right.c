/* expect: clean */
/* What a task may do: lock for a moment, try, look at a pipe without waiting, read what is there. Between
   polls the thread may wait, and other threads may at any time. */
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <unistd.h>

#include "lib/polling.h"

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static sem_t news;
static int made, seen, ends[2];

static void *worker(void *arg)
{
    for (int i = 0; i < 3; i++) {
        pthread_mutex_lock(&mu);
        made++;
        pthread_mutex_unlock(&mu);
        if (write(ends[1], "x", 1) != 1)
            return NULL;
        sem_post(&news);
    }
    return arg;
}

static void poll_task(void)
{
    char c;
    pthread_mutex_lock(&mu);
    seen = made;
    pthread_mutex_unlock(&mu);
    if (sem_trywait(&news) == 0)
        sem_post(&news);
    if (read(ends[0], &c, 1) != 1)
        seen = -1;
}

int main(void)
{
    pthread_t t;
    sem_init(&news, 0, 0);
    if (pipe(ends) != 0)
        return 1;
    pthread_create(&t, NULL, worker, NULL);
    for (int i = 0; i < 3; i++) {
        sem_wait(&news);
        poll_begins(&news);
        poll_task();
        poll_ends();
    }
    pthread_join(t, NULL);
    printf("%d\n", seen);
    return 0;
}
