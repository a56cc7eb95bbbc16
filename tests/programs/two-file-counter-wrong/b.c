#include <pthread.h>

long visits;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void *visit_from_b(void *arg)
{
    for (int i = 0; i < 1000; i++) {
        pthread_mutex_lock(&lock);
        visits++; /* fault: data-race */
        pthread_mutex_unlock(&lock);
    }
    return arg;
}
