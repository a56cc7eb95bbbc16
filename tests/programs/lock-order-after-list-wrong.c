/* expect: lock-order|deadlock */
/* A long list is walked hand over hand, which is right; then a and b are taken in both orders. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { NODES = 2300, WALKERS = 4 };

struct node {
    pthread_mutex_t lock;
    struct node *next;
};

static struct node *head;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static int steps;

static void *walk(void *arg)
{
    struct node *node = head;
    pthread_mutex_lock(&node->lock);
    while (node->next) {
        struct node *next = node->next;
        pthread_mutex_lock(&next->lock);
        pthread_mutex_unlock(&node->lock);
        node = next;
    }
    pthread_mutex_unlock(&node->lock);
    return arg;
}

static void *up(void *arg)
{
    pthread_mutex_lock(&a); /* fault: lock-order */
    pthread_mutex_lock(&b); /* fault: lock-order|deadlock */
    steps++;
    pthread_mutex_unlock(&b);
    pthread_mutex_unlock(&a);
    return arg;
}

static void *down(void *arg)
{
    pthread_mutex_lock(&b); /* fault: lock-order */
    pthread_mutex_lock(&a); /* fault: lock-order|deadlock */
    steps++;
    pthread_mutex_unlock(&a);
    pthread_mutex_unlock(&b);
    return arg;
}

int main(void)
{
    pthread_t walkers[WALKERS], one, two;
    for (int i = 0; i < NODES; i++) {
        struct node *node = malloc(sizeof *node);
        if (!node)
            return 1;
        pthread_mutex_init(&node->lock, NULL);
        node->next = head;
        head = node;
    }
    for (int i = 0; i < WALKERS; i++)
        pthread_create(&walkers[i], NULL, walk, NULL);
    for (int i = 0; i < WALKERS; i++)
        pthread_join(walkers[i], NULL);
    pthread_create(&one, NULL, up, NULL);
    pthread_create(&two, NULL, down, NULL);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    printf("%d\n", steps);
    while (head) {
        struct node *node = head;
        head = node->next;
        pthread_mutex_destroy(&node->lock);
        free(node);
    }
    return 0;
}
