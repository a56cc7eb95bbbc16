/* expect: clean */
/* The two lock orders belong to two phases of the program, and a join stands between the phases. */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t index_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t store_lock = PTHREAD_MUTEX_INITIALIZER;
static int indexed, stored;

static void *load(void *n)
{
    for (int i = 0; i < *(int *)n; i++) {
        pthread_mutex_lock(&index_lock);
        indexed++;
        pthread_mutex_lock(&store_lock);
        stored++;
        pthread_mutex_unlock(&store_lock);
        pthread_mutex_unlock(&index_lock);
    }
    return NULL;
}

static void *compact(void *n)
{
    (void)n;
    pthread_mutex_lock(&store_lock);
    stored /= 2;
    pthread_mutex_lock(&index_lock);
    indexed = stored;
    pthread_mutex_unlock(&index_lock);
    pthread_mutex_unlock(&store_lock);
    return NULL;
}

static void phase(void *(*job)(void *), int n)
{
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, job, &n);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
}

int main(void)
{
    phase(load, 20);
    phase(compact, 0);
    printf("%d %d\n", indexed, stored);
    return 0;
}
