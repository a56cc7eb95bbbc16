/* expect: crash */
/* Setters make both halves differ by two for a moment; the checker must not look in that moment, and may. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#define SETTERS 4

static atomic_int a, b;

static void *setter(void *arg)
{
    atomic_store(&a, 1); /* fault: crash */
    atomic_store(&b, -1); /* fault: crash */
    return arg;
}

static void *checker(void *arg)
{
    int x = atomic_load(&a); /* fault: crash */
    int y = atomic_load(&b); /* fault: crash */
    if (!((x == 0 && y == 0) || (x == 1 && y == -1)))
        abort(); /* fault: crash */
    return arg;
}

int main(void)
{
    pthread_t t[SETTERS + 1];
    pthread_create(&t[SETTERS], NULL, checker, NULL);
    for (int i = 0; i < SETTERS; i++)
        pthread_create(&t[i], NULL, setter, NULL);
    for (int i = 0; i <= SETTERS; i++)
        pthread_join(t[i], NULL);
    puts("in order");
    return 0;
}
