/* expect: clean */
/* The gate is the seventh lock that one of the two threads holds when it takes left and right. */
#include <pthread.h>
#include <stdio.h>

enum { OUTER = 6 };

static pthread_mutex_t outer[OUTER];
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t right = PTHREAD_MUTEX_INITIALIZER;
static int moves;

static void *deep(void *arg)
{
    for (int i = 0; i < OUTER; i++)
        pthread_mutex_lock(&outer[i]);
    pthread_mutex_lock(&gate);
    pthread_mutex_lock(&left);
    pthread_mutex_lock(&right);
    moves++;
    pthread_mutex_unlock(&right);
    pthread_mutex_unlock(&left);
    pthread_mutex_unlock(&gate);
    for (int i = OUTER; i-- > 0;)
        pthread_mutex_unlock(&outer[i]);
    return arg;
}

static void *shallow(void *arg)
{
    pthread_mutex_lock(&gate);
    pthread_mutex_lock(&right);
    pthread_mutex_lock(&left);
    moves++;
    pthread_mutex_unlock(&left);
    pthread_mutex_unlock(&right);
    pthread_mutex_unlock(&gate);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    for (int i = 0; i < OUTER; i++)
        pthread_mutex_init(&outer[i], NULL);
    pthread_create(&a, NULL, deep, NULL);
    pthread_create(&b, NULL, shallow, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", moves);
    return 0;
}
