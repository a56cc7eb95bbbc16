/* expect: crash */
/* Look up under the read lock, let go, insert under the write lock: in the gap another thread inserts the same. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static int keys[8], n;

static int find(int key)
{
    int hits = 0;
    for (int i = 0; i < n; i++)
        hits += keys[i] == key;
    return hits;
}

static void *intern(void *arg)
{
    int key = *(int *)arg;
    pthread_rwlock_rdlock(&rw);
    int known = find(key);
    pthread_rwlock_unlock(&rw); /* fault: crash */
    if (!known) {
        pthread_rwlock_wrlock(&rw); /* fault: crash */
        keys[n++] = key;
        if (find(key) > 1)
            abort(); /* fault: crash */
        pthread_rwlock_unlock(&rw);
    }
    return NULL;
}

int main(void)
{
    pthread_t t[2];
    int key = 77;
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, intern, &key);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    printf("%d\n", n);
    return 0;
}
