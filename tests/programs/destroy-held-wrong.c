/* expect: lock-misuse */
/* The clean-up path destroys the mutex while the same thread still holds it. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct log { pthread_mutex_t mu; int lines; };

static void log_close(struct log *l)
{
    pthread_mutex_lock(&l->mu);
    printf("%d lines\n", l->lines);
    pthread_mutex_destroy(&l->mu); /* fault: lock-misuse */
    free(l);
}

static void *writer(void *arg)
{
    struct log *l = arg;
    for (int i = 0; i < 10; i++) {
        pthread_mutex_lock(&l->mu);
        l->lines++;
        pthread_mutex_unlock(&l->mu);
    }
    return NULL;
}

int main(void)
{
    struct log *l = calloc(1, sizeof *l);
    pthread_t a, b;
    if (!l)
        return 1;
    pthread_mutex_init(&l->mu, NULL);
    pthread_create(&a, NULL, writer, l);
    pthread_create(&b, NULL, writer, l);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    log_close(l);
    return 0;
}
