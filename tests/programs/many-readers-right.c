/* expect: clean */
/* Eight readers and two writers on one rwlock; the writers keep both halves equal. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static struct { int a, b; } pair;

static void *reader(void *arg)
{
    int *seen = arg;
    for (int i = 0; i < 100; i++) {
        pthread_rwlock_rdlock(&rw);
        assert(pair.a == pair.b);
        *seen = pair.a;
        pthread_rwlock_unlock(&rw);
    }
    return NULL;
}

static void *writer(void *arg)
{
    for (int i = 0; i < 50; i++) {
        if (pthread_rwlock_trywrlock(&rw) != 0)
            pthread_rwlock_wrlock(&rw);
        pair.a++;
        pair.b++;
        pthread_rwlock_unlock(&rw);
    }
    return arg;
}

int main(void)
{
    pthread_t r[8], w[2];
    int seen[8];

    for (int i = 0; i < 2; i++)
        pthread_create(&w[i], NULL, writer, NULL);
    for (int i = 0; i < 8; i++)
        pthread_create(&r[i], NULL, reader, &seen[i]);
    for (int i = 0; i < 8; i++)
        pthread_join(r[i], NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(w[i], NULL);
    printf("%d %d\n", pair.a, pair.b);
    pthread_rwlock_destroy(&rw);
    return 0;
}
