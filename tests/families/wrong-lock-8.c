/* expect: crash */
/* needs: explorer */
/* One thread guards the value with one lock, eight others with another. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { OTHERS = 8 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER, other_lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_int value;

static void *guard(void *arg)
{
    pthread_mutex_lock(&lock);
    int before = atomic_load(&value);            /* fault: crash */
    atomic_store(&value, before + 1);            /* fault: crash */
    assert(atomic_load(&value) == before + 1);   /* fault: crash */
    pthread_mutex_unlock(&lock);
    return arg;
}

static void *disturb(void *arg)
{
    pthread_mutex_lock(&other_lock);
    atomic_store(&value, atomic_load(&value) + 1); /* fault: crash */
    pthread_mutex_unlock(&other_lock);
    return arg;
}

int main(void)
{
    pthread_t guarding, others[OTHERS];
    pthread_create(&guarding, NULL, guard, NULL);
    for (int i = 0; i < OTHERS; i++)
        pthread_create(&others[i], NULL, disturb, NULL);
    pthread_join(guarding, NULL);
    for (int i = 0; i < OTHERS; i++)
        pthread_join(others[i], NULL);
    puts("guarded");
    return 0;
}
