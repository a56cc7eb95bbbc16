/* expect: clean */
/* left and right are taken in both orders, but one of the two threads has the table for itself. */
#include <pthread.h>
#include <stdio.h>

static pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;
static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t right = PTHREAD_MUTEX_INITIALIZER;
static int moves;

static void *guest(void *arg)
{
    pthread_rwlock_rdlock(&table);
    pthread_mutex_lock(&left);
    pthread_mutex_lock(&right);
    moves++;
    pthread_mutex_unlock(&right);
    pthread_mutex_unlock(&left);
    pthread_rwlock_unlock(&table);
    return arg;
}

static void *host(void *arg)
{
    pthread_rwlock_wrlock(&table);
    pthread_mutex_lock(&right);
    pthread_mutex_lock(&left);
    moves++;
    pthread_mutex_unlock(&left);
    pthread_mutex_unlock(&right);
    pthread_rwlock_unlock(&table);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, guest, NULL);
    pthread_create(&b, NULL, host, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", moves);
    return 0;
}
