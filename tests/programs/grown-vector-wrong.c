/* expect: use-after-free|data-race */
/* A pointer into a vector is kept across somebody else's push, which moves the vector. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

static struct { pthread_mutex_t mu; int *data; size_t n, cap; } vec = {.mu = PTHREAD_MUTEX_INITIALIZER};
static sem_t found, pushed;

static void push(int v)
{
    pthread_mutex_lock(&vec.mu);
    if (vec.n == vec.cap) {
        vec.cap = vec.cap ? vec.cap * 8 : 2;
        vec.data = realloc(vec.data, vec.cap * sizeof *vec.data); /* fault: use-after-free|data-race */
        if (vec.data == NULL)
            abort();
    }
    vec.data[vec.n++] = v;
    pthread_mutex_unlock(&vec.mu);
}

static void *find_and_change(void *arg)
{
    pthread_mutex_lock(&vec.mu);
    int *first = &vec.data[0];
    pthread_mutex_unlock(&vec.mu);
    sem_post(&found);
    sem_wait(&pushed);
    pthread_mutex_lock(&vec.mu);
    *first += 100; /* fault: use-after-free|data-race */
    pthread_mutex_unlock(&vec.mu);
    return arg;
}

int main(void)
{
    pthread_t t;
    sem_init(&found, 0, 0);
    sem_init(&pushed, 0, 0);
    push(1);
    push(2);
    pthread_create(&t, NULL, find_and_change, NULL);
    sem_wait(&found);
    for (int i = 3; i < 1000; i++)
        push(i);
    sem_post(&pushed);
    pthread_join(t, NULL);
    printf("%zu\n", vec.n);
    free(vec.data);
    return 0;
}
