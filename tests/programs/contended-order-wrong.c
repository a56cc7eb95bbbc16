/* expect: lock-order|deadlock */
/* Each side tries its second lock first; only when that is busy does it wait, and then in the wrong order. */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t disk = PTHREAD_MUTEX_INITIALIZER, cache = PTHREAD_MUTEX_INITIALIZER;
static int blocks;
static unsigned long contended;

#define TAKE(m) \
    (pthread_mutex_trylock(m) != 0 && (__atomic_add_fetch(&contended, 1, __ATOMIC_RELAXED), pthread_mutex_lock(m)))

static void *flush(void *arg)
{
    pthread_mutex_lock(&cache); /* fault: lock-order|deadlock */
    TAKE(&disk); /* fault: lock-order|deadlock */
    blocks--;
    pthread_mutex_unlock(&disk);
    pthread_mutex_unlock(&cache);
    return arg;
}

static void *fill(void *arg)
{
    pthread_mutex_lock(&disk); /* fault: lock-order|deadlock */
    TAKE(&cache); /* fault: lock-order|deadlock */
    blocks++;
    pthread_mutex_unlock(&cache);
    pthread_mutex_unlock(&disk);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, flush, NULL);
    pthread_create(&b, NULL, fill, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", blocks);
    return 0;
}
