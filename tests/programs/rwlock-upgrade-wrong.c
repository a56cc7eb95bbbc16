/* expect: deadlock|double-lock|stuck-wait */
/* Two readers both try to become the writer, without letting go of the read lock. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static atomic_int readers;
static int cached;

static void *get(void *arg)
{
    pthread_rwlock_rdlock(&rw); /* fault: deadlock|double-lock|stuck-wait */
    atomic_fetch_add(&readers, 1);
    while (atomic_load(&readers) < 2)
        sched_yield();
    if (cached == 0) {
        pthread_rwlock_wrlock(&rw); /* fault: deadlock|double-lock|stuck-wait */
        cached = 7;
        pthread_rwlock_unlock(&rw);
    }
    pthread_rwlock_unlock(&rw);
    return arg;
}

int main(void)
{
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, get, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    printf("%d\n", cached);
    return 0;
}
