/* expect: leak */
/* Each thread returns a result from the heap; main looks at one of them and drops the others. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void *square(void *arg)
{
    long n = (long)arg;
    long *result = malloc(sizeof *result); /* fault: leak */
    if (result != NULL)
        *result = n * n;
    return result;
}

int main(void)
{
    pthread_t t[5];
    void *result = NULL;
    for (long i = 0; i < 5; i++)
        pthread_create(&t[i], NULL, square, (void *)i);
    for (int i = 0; i < 5; i++)
        pthread_join(t[i], &result);
    if (result != NULL)
        printf("%ld\n", *(long *)result);
    free(result);
    return 0;
}
