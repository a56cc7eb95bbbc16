/* expect: double-lock|deadlock */
/* add_pair() holds the lock and calls add(), which takes it again. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct list { struct node { int v; struct node *next; } *head; pthread_mutex_t m; };

static void add(struct list *l, int v)
{
    struct node *n = malloc(sizeof *n);
    if (!n) abort();
    pthread_mutex_lock(&l->m); /* fault: double-lock|deadlock */
    n->v = v;
    n->next = l->head;
    l->head = n;
    pthread_mutex_unlock(&l->m);
}

static void add_pair(struct list *l, int a, int b)
{
    pthread_mutex_lock(&l->m); /* fault: double-lock|deadlock */
    add(l, a);
    add(l, b);
    pthread_mutex_unlock(&l->m);
}

static void *work(void *p)
{
    for (int i = 0; i < 10; i++)
        add_pair(p, i, -i);
    return NULL;
}

int main(void)
{
    struct list l = { 0 };
    pthread_t a, b;
    pthread_mutexattr_t attr;
    int sum = 0;

    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_NORMAL);
    pthread_mutex_init(&l.m, &attr);
    pthread_mutexattr_destroy(&attr);
    pthread_create(&a, NULL, work, &l);
    pthread_create(&b, NULL, work, &l);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    for (struct node *n; (n = l.head); free(n)) {
        l.head = n->next;
        sum += n->v;
    }
    pthread_mutex_destroy(&l.m);
    printf("%d\n", sum);
    return 0;
}
