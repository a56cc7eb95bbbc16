/* expect: data-race */
/* Every thread is given the address of the loop's own counter. */
#include <pthread.h>
#include <stdio.h>

static void *greet(void *arg)
{
    int id = *(int *)arg; /* fault: data-race */
    return id >= 0 ? arg : NULL;
}

int main(void)
{
    pthread_t t[4];
    int i;
    for (i = 0; i < 4; i++) /* fault: data-race */
        pthread_create(&t[i], NULL, greet, &i);
    for (int k = 0; k < 4; k++)
        pthread_join(t[k], NULL);
    puts("hello");
    return 0;
}
