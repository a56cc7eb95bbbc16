/* expect: clean */
/* A logger thread sleeps for work for ever; the program ends by itself when main returns. */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work = PTHREAD_COND_INITIALIZER, idle = PTHREAD_COND_INITIALIZER;
static int pending, handled;

static void *logger(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&m);
    for (;;) {
        while (pending == 0)
            pthread_cond_wait(&work, &m);
        pending--;
        handled++;
        pthread_cond_signal(&idle);
    }
    return NULL;
}

int main(void)
{
    pthread_t t;

    if (pthread_create(&t, NULL, logger, NULL) != 0)
        return 1;
    for (int i = 0; i < 5; i++) {
        pthread_mutex_lock(&m);
        pending++;
        pthread_cond_signal(&work);
        pthread_mutex_unlock(&m);
    }
    pthread_mutex_lock(&m);
    while (handled < 5)
        pthread_cond_wait(&idle, &m);
    pthread_mutex_unlock(&m);
    puts("all logged");
    return 0;
}
