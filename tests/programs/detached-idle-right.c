/* expect: clean */
/* Three detached servants wait on semaphores that nobody will post again; main ends the process. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

static sem_t bell, done;

static void *servant(void *arg)
{
    (void)arg;
    for (;;) {
        sem_wait(&bell);
        sem_post(&done);
    }
    return NULL;
}

int main(void)
{
    pthread_attr_t attr;
    sem_init(&bell, 0, 0);
    sem_init(&done, 0, 0);
    pthread_attr_init(&attr);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    for (int i = 0; i < 3; i++) {
        pthread_t t;
        if (pthread_create(&t, &attr, servant, NULL))
            abort();
    }
    pthread_attr_destroy(&attr);
    for (int i = 0; i < 7; i++)
        sem_post(&bell);
    for (int i = 0; i < 7; i++)
        sem_wait(&done);
    printf("served\n");
    exit(EXIT_SUCCESS);
}
