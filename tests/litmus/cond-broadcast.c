/* results: "12" "21"
   preemptions: 2
   A broadcast wakes both; they take the mutex in either order. */
#include "litmus.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int open, order;

static void *enter(void *number) {
    pthread_mutex_lock(&lock);
    while (!open)
        pthread_cond_wait(&changed, &lock);
    order = 10 * order + (int)(long)number + 1;
    pthread_mutex_unlock(&lock);
    return number;
}

int main(void) {
    pthread_t threads[2];
    for (long i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, enter, (void *)i);
    pthread_mutex_lock(&lock);
    open = 1;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("%d\n", order);
}
