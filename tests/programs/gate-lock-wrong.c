/* expect: lock-order|deadlock */
/* The door guards one of the two orders only. */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t right = PTHREAD_MUTEX_INITIALIZER;
static int parcels;

static void *clockwise(void *arg)
{
    pthread_mutex_lock(&door);
    pthread_mutex_lock(&left);  /* fault: lock-order|deadlock */
    pthread_mutex_lock(&right); /* fault: lock-order|deadlock */
    parcels++;
    pthread_mutex_unlock(&right);
    pthread_mutex_unlock(&left);
    pthread_mutex_unlock(&door);
    return arg;
}

static void *counter_clockwise(void *arg)
{
    pthread_mutex_lock(&right); /* fault: lock-order|deadlock */
    pthread_mutex_lock(&left);  /* fault: lock-order|deadlock */
    parcels--;
    pthread_mutex_unlock(&left);
    pthread_mutex_unlock(&right);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, clockwise, NULL);
    pthread_create(&b, NULL, counter_clockwise, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", parcels);
    return 0;
}
