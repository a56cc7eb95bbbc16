/* expect: crash */
/* needs: explorer */
/* Three setters make both halves differ by two for a moment. The checker comes last, and must not look in
   the moment between the first half of one setter and the second half of any. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { SETTERS = 4 - 1 };

static atomic_int a, b;

static void *set(void *arg)
{
    atomic_store(&a, 1);  /* fault: crash */
    atomic_store(&b, -1); /* fault: crash */
    return arg;
}

static void *check(void *arg)
{
    int x = atomic_load(&a); /* fault: crash */
    int y = atomic_load(&b); /* fault: crash */
    assert((x == 0 && y == 0) || (x == 1 && y == -1)); /* fault: crash */
    return arg;
}

int main(void)
{
    pthread_t setters[SETTERS], checker;
    for (int i = 0; i < SETTERS; i++)
        pthread_create(&setters[i], NULL, set, NULL);
    pthread_create(&checker, NULL, check, NULL);
    for (int i = 0; i < SETTERS; i++)
        pthread_join(setters[i], NULL);
    pthread_join(checker, NULL);
    puts("in order");
    return 0;
}
