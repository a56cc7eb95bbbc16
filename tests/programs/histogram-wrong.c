/* expect: data-race */
/* Each thread has its own part of the text, but the bins of the histogram are everybody's. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define LENGTH 4000
#define THREADS 2

static unsigned char text[LENGTH];
static int bins[16];

static void *count(void *arg)
{
    int me = *(int *)arg;
    for (int i = me; i < LENGTH; i += THREADS) {
        int b = text[i] >> 4;
        bins[b] = bins[b] + 1; /* fault: data-race */
    }
    return NULL;
}

int main(void)
{
    pthread_t t[THREADS];
    int id[THREADS];
    for (int i = 0; i < LENGTH; i++)
        text[i] = (unsigned char)(i * 37);
    for (int i = 0; i < THREADS; i++) {
        id[i] = i;
        if (pthread_create(&t[i], NULL, count, &id[i]))
            exit(2);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(t[i], NULL);
    printf("%d\n", bins[0] > 0);
    return 0;
}
