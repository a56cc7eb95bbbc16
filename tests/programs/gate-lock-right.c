/* expect: clean */
/* left and right are taken in both orders, but never without the door: no two threads can be between them. */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t right = PTHREAD_MUTEX_INITIALIZER;
static int parcels;

static void *clockwise(void *arg)
{
    for (int i = 0; i < 50; i++) {
        pthread_mutex_lock(&door);
        pthread_mutex_lock(&left);
        pthread_mutex_lock(&right);
        parcels++;
        pthread_mutex_unlock(&right);
        pthread_mutex_unlock(&left);
        pthread_mutex_unlock(&door);
    }
    return arg;
}

static void *counter_clockwise(void *arg)
{
    for (int i = 0; i < 50; i++) {
        pthread_mutex_lock(&door);
        pthread_mutex_lock(&right);
        pthread_mutex_lock(&left);
        parcels--;
        pthread_mutex_unlock(&left);
        pthread_mutex_unlock(&right);
        pthread_mutex_unlock(&door);
    }
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
