/* expect: data-race */
/* The writer uses the atomic builtin, the reader a plain read of the same int. */
#include <pthread.h>
#include <stdio.h>

static int progress;

static void *work(void *arg)
{
    for (int i = 1; i <= 100; i++)
        __atomic_store_n(&progress, i, __ATOMIC_SEQ_CST); /* fault: data-race */
    return arg;
}

static void *watch(void *arg)
{
    int *highest = arg;
    for (int i = 0; i < 100; i++)
        if (progress > *highest) /* fault: data-race */
            *highest = progress; /* fault: data-race */
    return NULL;
}

int main(void)
{
    pthread_t w, s;
    int highest = 0;
    pthread_create(&w, NULL, work, NULL);
    pthread_create(&s, NULL, watch, &highest);
    pthread_join(w, NULL);
    pthread_join(s, NULL);
    printf("%s\n", highest <= 100 ? "in range" : "out of range");
    return 0;
}
