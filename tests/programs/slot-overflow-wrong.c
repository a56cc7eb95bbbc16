/* expect: buffer-overflow|crash */
/* Thread numbers start at one, slots at zero: the last thread writes behind the array. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define WORKERS 4

static int *slots;

static void *worker(void *arg)
{
    int number = *(int *)arg;
    slots[number] = number * 10; /* fault: buffer-overflow|crash */
    return NULL;
}

int main(void)
{
    pthread_t t[WORKERS];
    int number[WORKERS];
    slots = calloc(WORKERS, sizeof *slots);
    if (slots == NULL)
        return 1;
    for (int i = 0; i < WORKERS; i++) {
        number[i] = i + 1;
        pthread_create(&t[i], NULL, worker, &number[i]);
    }
    for (int i = 0; i < WORKERS; i++)
        pthread_join(t[i], NULL);
    printf("%d\n", slots[1]);
    free(slots);
    return 0;
}
