/* expect: double-free|use-after-free|crash */
/* Both threads close the connection; the lock keeps them apart, and the buffer is freed twice. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct connection {
    pthread_mutex_t lock;
    char *buffer;
    int closed;
};

static struct connection conn = {PTHREAD_MUTEX_INITIALIZER, NULL, 0};

static void connection_close(struct connection *c)
{
    pthread_mutex_lock(&c->lock);
    c->closed++;
    free(c->buffer); /* fault: double-free|use-after-free|crash */
    pthread_mutex_unlock(&c->lock);
}

static void *peer(void *arg)
{
    connection_close(&conn);
    return arg;
}

int main(void)
{
    pthread_t t[2];
    conn.buffer = malloc(200);
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, peer, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    printf("closed %d\n", conn.closed);
    return 0;
}
