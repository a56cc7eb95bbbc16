/* expect: stuck-wait */
/* needs: explorer */
/* Readers and writers of a buffer wait for one condition, and a signal wakes one of them: perhaps one that
   it does not concern. */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

enum { EACH = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool full;

static void *writer(void *arg)
{
    pthread_mutex_lock(&lock);
    while (full)
        pthread_cond_wait(&changed, &lock); /* fault: stuck-wait */
    full = true;
    pthread_cond_signal(&changed); /* fault: stuck-wait */
    pthread_mutex_unlock(&lock);
    return arg;
}

static void *reader(void *arg)
{
    pthread_mutex_lock(&lock);
    while (!full)
        pthread_cond_wait(&changed, &lock); /* fault: stuck-wait */
    full = false;
    pthread_cond_signal(&changed); /* fault: stuck-wait */
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t readers[EACH], writers[EACH];
    for (int i = 0; i < EACH; i++) {
        pthread_create(&writers[i], NULL, writer, NULL);
        pthread_create(&readers[i], NULL, reader, NULL);
    }
    for (int i = 0; i < EACH; i++) {
        pthread_join(writers[i], NULL); /* fault: stuck-wait */
        pthread_join(readers[i], NULL); /* fault: stuck-wait */
    }
    puts("all read");
    return 0;
}
