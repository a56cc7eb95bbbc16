/* expect: clean */
/* A semaphore as a starting signal: unlike a mutex, anybody may post it. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t go;
static const char *word;

static void *worker(void *arg)
{
    word = arg;
    sem_post(&go);
    return NULL;
}

int main(void)
{
    pthread_t t;
    sem_init(&go, 0, 0);
    pthread_create(&t, NULL, worker, "went");
    sem_wait(&go);
    puts(word);
    pthread_join(t, NULL);
    sem_destroy(&go);
    return 0;
}
