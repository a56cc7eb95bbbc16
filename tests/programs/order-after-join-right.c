/* expect: clean */
/* main takes the two locks in the other order, but only after it has joined the thread. */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t right = PTHREAD_MUTEX_INITIALIZER;
static int moves;

static void *move(void *arg)
{
    pthread_mutex_lock(&left);
    pthread_mutex_lock(&right);
    moves++;
    pthread_mutex_unlock(&right);
    pthread_mutex_unlock(&left);
    return arg;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, move, NULL);
    pthread_join(thread, NULL);
    pthread_mutex_lock(&right);
    pthread_mutex_lock(&left);
    printf("%d\n", moves);
    pthread_mutex_unlock(&left);
    pthread_mutex_unlock(&right);
    return 0;
}
