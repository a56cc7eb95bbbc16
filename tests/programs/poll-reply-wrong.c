/* expect: blocking-in-async */
/* A task waits for a reply that only the next task, on the same thread, would ask for. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

#include "lib/polling.h"

static sem_t asked, answered;

static void *server(void *arg)
{
    sem_wait(&asked);
    sem_post(&answered);
    return arg;
}

static void wait_for_answer(void) { sem_wait(&answered); /* fault: blocking-in-async */ }
static void ask(void) { sem_post(&asked); }

int main(void)
{
    void (*tasks[])(void) = {wait_for_answer, ask};
    pthread_t t;
    sem_init(&asked, 0, 0);
    sem_init(&answered, 0, 0);
    pthread_create(&t, NULL, server, NULL);
    for (int i = 0; i < 2; i++) {
        poll_begins(tasks);
        tasks[i]();
        poll_ends();
    }
    pthread_join(t, NULL);
    printf("answered\n");
    return 0;
}
