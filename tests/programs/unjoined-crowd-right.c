/* expect: clean */
/* Each request gets a thread that is detached, so that its stack is given back when it ends. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <unistd.h>

static sem_t answered;

static void *answer(void *arg)
{
    sem_post(&answered);
    return arg;
}

static int ask(int question)
{
    pthread_t t;
    if (pthread_create(&t, NULL, answer, NULL) != 0)
        return -1;
    pthread_detach(t);
    sem_wait(&answered);
    return question + 1;
}

int main(void)
{
    int q = 0;
    sem_init(&answered, 0, 0);
    while (q >= 0 && q < 100)
        q = ask(q);
    usleep(100000);
    printf("%d\n", q);
    return 0;
}
