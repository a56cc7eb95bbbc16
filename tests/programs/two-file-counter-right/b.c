#include <pthread.h>

long visits;

pthread_mutex_t visits_lock = PTHREAD_MUTEX_INITIALIZER;

void *visit_from_b(void *arg)
{
    for (int i = 0; i < 1000; i++) {
        pthread_mutex_lock(&visits_lock);
        visits++;
        pthread_mutex_unlock(&visits_lock);
    }
    return arg;
}
