/* expect: timeout */
/* main waits, busily, for a third helper that it never started. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int helpers;

static void *help(void *arg)
{
    atomic_fetch_add(&helpers, 1);
    return arg;
}

int main(void)
{
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, help, NULL);
    while (atomic_load(&helpers) < 3) /* fault: timeout */
        ; /* fault: timeout */
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    puts("helped");
    return 0;
}
