/* expect: clean */
/* The process ends in the middle of a critical section; that is allowed, nobody is left to want the lock. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t output = PTHREAD_MUTEX_INITIALIZER;
static int best;

static void *search(void *arg)
{
    int base = *(const int *)arg;
    for (int i = 0; i < 1000; i++) {
        pthread_mutex_lock(&output);
        if (base + i > best)
            best = base + i;
        pthread_mutex_unlock(&output);
    }
    return NULL;
}

int main(void)
{
    static const int bases[2] = {10, 2000};
    pthread_t t[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, search, (void *)&bases[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    pthread_mutex_lock(&output);
    printf("best %d\n", best);
    exit(0);
}
