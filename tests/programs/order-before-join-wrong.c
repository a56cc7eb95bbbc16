/* expect: lock-order|deadlock */
/* main takes the two locks in the other order while the thread may still run, and joins it later. */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t right = PTHREAD_MUTEX_INITIALIZER;
static int moves;

static void *move(void *arg)
{
    pthread_mutex_lock(&left);  /* fault: lock-order */
    pthread_mutex_lock(&right); /* fault: lock-order|deadlock */
    moves++;
    pthread_mutex_unlock(&right);
    pthread_mutex_unlock(&left);
    return arg;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, move, NULL);
    pthread_mutex_lock(&right); /* fault: lock-order */
    pthread_mutex_lock(&left);  /* fault: lock-order|deadlock */
    moves++;
    pthread_mutex_unlock(&left);
    pthread_mutex_unlock(&right);
    pthread_join(thread, NULL);
    printf("%d\n", moves);
    return 0;
}
