/* expect: clean */
/* Locks that are destroyed, and made anew at the same place: by a call, by an initialiser, in a frame. */
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static sem_t s;
static pthread_barrier_t b;
static int ready;
static void *worker(void *arg)
{
    pthread_rwlock_rdlock(&rw);
    pthread_rwlock_unlock(&rw);
    pthread_mutex_lock(&m);
    ready = 1;
    pthread_cond_broadcast(&c);
    pthread_mutex_unlock(&m);
    sem_post(&s);
    pthread_barrier_wait(&b);
    return arg;
}
static void local(void)
{
    sem_t own;
    pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    sem_init(&own, 0, 1);
    sem_wait(&own);
    pthread_mutex_lock(&mutex);
    pthread_cond_signal(&cond);
    pthread_mutex_unlock(&mutex);
    sem_destroy(&own);
    pthread_cond_destroy(&cond);
    pthread_mutex_destroy(&mutex);
}
int main(void)
{
    for (int i = 0; i < 2; i++) {
        pthread_t t;
        pthread_cond_t *heap = malloc(sizeof *heap);
        pthread_cond_init(heap, NULL);
        pthread_cond_destroy(heap);
        free(heap);
        heap = calloc(1, sizeof *heap);
        pthread_cond_signal(heap);
        free(heap);
        sem_init(&s, 0, 0);
        pthread_barrier_init(&b, NULL, 2);
        pthread_create(&t, NULL, worker, NULL);
        pthread_mutex_lock(&m);
        while (!ready)
            pthread_cond_wait(&c, &m);
        ready = 0;
        pthread_mutex_unlock(&m);
        sem_wait(&s);
        pthread_barrier_wait(&b);
        pthread_join(t, NULL);
        sem_destroy(&s);
        pthread_barrier_destroy(&b);
        pthread_cond_destroy(&c);
        pthread_rwlock_destroy(&rw);
        rw = (pthread_rwlock_t)PTHREAD_RWLOCK_INITIALIZER;
        pthread_mutex_destroy(&m);
        m = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
        c = (pthread_cond_t)PTHREAD_COND_INITIALIZER;
        local();
    }
    return 0;
}
