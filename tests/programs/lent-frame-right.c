/* expect: clean */
/* A detached thread works in the frame of its caller, who waits for the word that it is finished with it. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

struct order { int amount, price, total; };

static sem_t settled;

static void *compute(void *arg)
{
    struct order *o = arg;
    o->total = o->amount * o->price;
    sem_post(&settled); /* o is not touched after this */
    return NULL;
}

static int total(int amount, int price)
{
    struct order o = {amount, price, 0};
    pthread_t t;
    if (pthread_create(&t, NULL, compute, &o) != 0)
        return -1;
    pthread_detach(t);
    sem_wait(&settled);
    return o.total;
}

static int scribble(int n)
{
    volatile int frame[16];
    for (int i = 0; i < 16; i++)
        frame[i] = n;
    return frame[7];
}

int main(void)
{
    int sum = 0;
    sem_init(&settled, 0, 0);
    for (int i = 0; i < 5; i++) {
        sum += total(i, 10);
        sum += scribble(1);
    }
    printf("%d\n", sum);
    return 0;
}
