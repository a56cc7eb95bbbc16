/* expect: clean */
/* Letters are written and allocated by one thread, read and freed by another; a mutex guards the box only. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct letter {
    struct letter *next;
    int body[4];
};

static struct {
    pthread_mutex_t lock;
    pthread_cond_t arrived;
    struct letter *first;
    int senders;
} box = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, NULL, 2};

static void *sender(void *arg)
{
    int stamp = *(int *)arg;
    for (int i = 0; i < 60; i++) {
        struct letter *l = malloc(sizeof *l);
        if (!l)
            exit(2);
        for (int k = 0; k < 4; k++)
            l->body[k] = stamp;
        pthread_mutex_lock(&box.lock);
        l->next = box.first;
        box.first = l;
        pthread_cond_signal(&box.arrived);
        pthread_mutex_unlock(&box.lock);
    }
    pthread_mutex_lock(&box.lock);
    box.senders--;
    pthread_cond_signal(&box.arrived);
    pthread_mutex_unlock(&box.lock);
    return NULL;
}

int main(void)
{
    pthread_t t[2];
    int stamp[2] = {1, 10};
    long sum = 0;
    struct letter *batch;

    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, sender, &stamp[i]);
    do {
        pthread_mutex_lock(&box.lock);
        while (!box.first && box.senders > 0)
            pthread_cond_wait(&box.arrived, &box.lock);
        batch = box.first;
        box.first = NULL;
        pthread_mutex_unlock(&box.lock);
        for (struct letter *l = batch, *next; l; l = next) {
            next = l->next;
            for (int k = 0; k < 4; k++)
                sum += l->body[k];
            free(l);
        }
    } while (batch);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    printf("%ld\n", sum);
    return sum != 60 * 44;
}
