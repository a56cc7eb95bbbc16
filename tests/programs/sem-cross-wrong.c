/* expect: stuck-wait|deadlock */
/* Each of the two waits for the other's permission before it gives its own. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t ping, pong;
static int ball;

static void *left(void *p)
{
    for (int i = 0; i < 3; i++) {
        sem_wait(&ping); /* fault: stuck-wait|deadlock */
        ball++;
        sem_post(&pong);
    }
    return p;
}

static void *right(void *p)
{
    for (int i = 0; i < 3; i++) {
        sem_wait(&pong); /* fault: stuck-wait|deadlock */
        ball++;
        sem_post(&ping);
    }
    return p;
}

int main(void)
{
    pthread_t l, r;
    sem_init(&ping, 0, 0);
    sem_init(&pong, 0, 0);
    pthread_create(&l, NULL, left, NULL);
    pthread_create(&r, NULL, right, NULL);
    pthread_join(l, NULL);
    pthread_join(r, NULL);
    printf("%d\n", ball);
    sem_destroy(&ping);
    sem_destroy(&pong);
    return 0;
}
