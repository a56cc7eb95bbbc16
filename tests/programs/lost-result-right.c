/* expect: clean */
/* Each thread returns a result from the heap; main adds them up and frees them. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void *square(void *arg)
{
    long n = (long)arg;
    long *result = malloc(sizeof *result);
    if (result != NULL)
        *result = n * n;
    return result;
}

int main(void)
{
    pthread_t t[5];
    void *result = NULL;
    long sum = 0;
    for (long i = 0; i < 5; i++)
        pthread_create(&t[i], NULL, square, (void *)i);
    for (int i = 0; i < 5; i++) {
        if (pthread_join(t[i], &result) != 0 || result == NULL)
            return 1;
        sum += *(long *)result;
        free(result);
    }
    printf("%ld\n", sum);
    return 0;
}
