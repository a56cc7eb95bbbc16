/* expect: clean */
/* A sorted list with a lock in every node, always taken from the head towards the tail. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct node {
    pthread_mutex_t mu;
    int key;
    struct node *next;
};

static struct node head = {PTHREAD_MUTEX_INITIALIZER, -1, NULL};

static int insert(int key)
{
    struct node *prev = &head, *cur;
    pthread_mutex_lock(&prev->mu);
    while ((cur = prev->next) != NULL) {
        pthread_mutex_lock(&cur->mu);
        if (cur->key >= key)
            break;
        pthread_mutex_unlock(&prev->mu);
        prev = cur;
    }
    int fresh = cur == NULL || cur->key != key;
    if (fresh) {
        struct node *n = malloc(sizeof *n);
        if (n == NULL)
            abort();
        pthread_mutex_init(&n->mu, NULL);
        n->key = key;
        n->next = cur;
        prev->next = n;
    }
    if (cur != NULL)
        pthread_mutex_unlock(&cur->mu);
    pthread_mutex_unlock(&prev->mu);
    return fresh;
}

static void *filler(void *arg)
{
    int step = *(int *)arg, n = 0;
    for (int i = 0; i < 20; i++)
        n += insert(i * step % 30);
    *(int *)arg = n;
    return NULL;
}

int main(void)
{
    pthread_t t[3];
    int n[3] = {1, 7, 11}, length = 0;
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, filler, &n[i]);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    for (struct node *p = head.next, *next; p; p = next) {
        next = p->next;
        length++;
        pthread_mutex_destroy(&p->mu);
        free(p);
    }
    printf("%s\n", length == n[0] + n[1] + n[2] ? "all there" : "some lost");
    return length != n[0] + n[1] + n[2];
}
