/* expect: clean */
/* A thread ends the whole program while main waits for it, and an atexit handler says goodbye. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static int lines;

static void goodbye(void)
{
    pthread_mutex_lock(&mu);
    printf("%d lines\n", lines);
    pthread_mutex_unlock(&mu);
}

static void *talker(void *arg)
{
    const char *const *word = arg;
    for (; *word; word++) {
        pthread_mutex_lock(&mu);
        puts(*word);
        lines++;
        pthread_mutex_unlock(&mu);
    }
    exit(0);
}

int main(void)
{
    static const char *const words[] = {"so", "long", NULL};
    pthread_t t;
    atexit(goodbye);
    if (pthread_create(&t, NULL, talker, (void *)words) != 0)
        return 1;
    pthread_join(t, NULL);
    return 1;
}
