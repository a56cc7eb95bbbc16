/* expect: clean */
/* A thread pool with futures; the pool is drained and shut down. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct task {
    int (*fn)(int);
    int arg, result, done;
    struct task *next;
} task;

typedef struct pool {
    pthread_mutex_t mu;
    pthread_cond_t todo, finished;
    task *head, **tail;
    int stopping, n;
    pthread_t threads[];
} pool;

static void *pool_main(void *p)
{
    pool *po = p;
    pthread_mutex_lock(&po->mu);
    for (;;) {
        while (po->head == NULL && !po->stopping)
            pthread_cond_wait(&po->todo, &po->mu);
        task *t = po->head;
        if (t == NULL)
            break;
        if ((po->head = t->next) == NULL)
            po->tail = &po->head;
        pthread_mutex_unlock(&po->mu);
        int r = t->fn(t->arg);
        pthread_mutex_lock(&po->mu);
        t->result = r;
        t->done = 1;
        pthread_cond_broadcast(&po->finished);
    }
    pthread_mutex_unlock(&po->mu);
    return NULL;
}

static pool *pool_new(int n)
{
    pool *po = calloc(1, sizeof *po + (size_t)n * sizeof po->threads[0]);
    if (!po)
        abort();
    pthread_mutex_init(&po->mu, NULL);
    pthread_cond_init(&po->todo, NULL);
    pthread_cond_init(&po->finished, NULL);
    po->tail = &po->head;
    po->n = n;
    for (int i = 0; i < n; i++)
        pthread_create(&po->threads[i], NULL, pool_main, po);
    return po;
}

static void pool_submit(pool *po, task *t)
{
    pthread_mutex_lock(&po->mu);
    *po->tail = t;
    po->tail = &t->next;
    pthread_cond_signal(&po->todo);
    pthread_mutex_unlock(&po->mu);
}

static int task_await(pool *po, task *t)
{
    pthread_mutex_lock(&po->mu);
    while (!t->done)
        pthread_cond_wait(&po->finished, &po->mu);
    int r = t->result;
    pthread_mutex_unlock(&po->mu);
    return r;
}

static void pool_free(pool *po)
{
    pthread_mutex_lock(&po->mu);
    po->stopping = 1;
    pthread_cond_broadcast(&po->todo);
    pthread_mutex_unlock(&po->mu);
    for (int i = 0; i < po->n; i++)
        pthread_join(po->threads[i], NULL);
    pthread_cond_destroy(&po->finished);
    pthread_cond_destroy(&po->todo);
    pthread_mutex_destroy(&po->mu);
    free(po);
}

static int cube(int x) { return x * x * x; }

int main(void)
{
    pool *po = pool_new(3);
    task t[12] = {0};
    int sum = 0;
    for (int i = 0; i < 12; i++) {
        t[i].fn = cube;
        t[i].arg = i;
        pool_submit(po, &t[i]);
    }
    for (int i = 0; i < 12; i++)
        sum += task_await(po, &t[i]);
    pool_free(po);
    printf("%d\n", sum);
    return sum != 4356;
}
