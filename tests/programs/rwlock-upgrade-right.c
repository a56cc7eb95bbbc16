/* expect: clean */
/* The reader lets go, comes back as writer, and looks again. */
#include <pthread.h>
#include <stdio.h>

static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static int cached, computed;

static int get(void)
{
    pthread_rwlock_rdlock(&rw);
    int v = cached;
    pthread_rwlock_unlock(&rw);
    if (v != 0)
        return v;
    pthread_rwlock_wrlock(&rw);
    if (cached == 0) {
        computed++;
        cached = 7;
    }
    v = cached;
    pthread_rwlock_unlock(&rw);
    return v;
}

static void *user(void *sum)
{
    for (int i = 0; i < 10; i++)
        *(int *)sum += get();
    return NULL;
}

int main(void)
{
    pthread_t t[4];
    int sum[4] = {0}, all = 0;
    for (int i = 0; i < 4; i++)
        pthread_create(&t[i], NULL, user, &sum[i]);
    for (int i = 0; i < 4; i++) {
        pthread_join(t[i], NULL);
        all += sum[i];
    }
    printf("%d %d\n", all, computed);
    return 0;
}
