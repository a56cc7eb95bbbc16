/* expect: stack-escape|use-after-free|data-race */
/* start() returns while the thread still means to write into its frame. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

struct order {
    int amount;
    int price;
    int total;
};

static void *compute(void *arg)
{
    struct order *o = arg;
    usleep(100000);
    o->total = o->amount * o->price; /* fault: stack-escape|use-after-free|data-race */
    return NULL;
}

static int start(pthread_t *t)
{
    struct order o = {3, 4, 0};
    return pthread_create(t, NULL, compute, &o);
}

static int busy(int n)
{
    volatile int scratch[16];
    for (int i = 0; i < 16; i++)
        scratch[i] = n + i; /* fault: stack-escape|use-after-free|data-race */
    return scratch[n & 15];
}

int main(void)
{
    pthread_t t;
    if (start(&t) != 0)
        return 1;
    int n = busy(5);
    pthread_join(t, NULL);
    printf("%d\n", n);
    return 0;
}
