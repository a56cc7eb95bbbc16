/* expect: lock-misuse */
/* A mutex as a starting signal: main locks it, and the worker gives it back for main. */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t go = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *arg)
{
    pthread_mutex_unlock(&go); /* fault: lock-misuse */
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_mutex_lock(&go);
    pthread_create(&t, NULL, worker, NULL);
    pthread_join(t, NULL);
    puts("went");
    return 0;
}
