/* expect: stack-escape */
/* The thread reads the argument after the function that it lived in has returned. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t go;

static void *show(void *arg)
{
    sem_wait(&go);
    printf("%d\n", *(int *)arg); /* fault: stack-escape */
    return NULL;
}

static pthread_t start(void)
{
    pthread_t thread;
    int number = 42;
    pthread_create(&thread, NULL, show, &number);
    return thread;
}

int main(void)
{
    sem_init(&go, 0, 0);
    pthread_t thread = start();
    sem_post(&go);
    pthread_join(thread, NULL);
    sem_destroy(&go);
    return 0;
}
