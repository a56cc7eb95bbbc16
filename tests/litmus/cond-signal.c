/* results: "12" "21"
   preemptions: 1
   Two wait, two signals: either may be the first to be woken, and either to take the mutex. */
#include "litmus.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int tokens, order;

static void *take(void *number) {
    pthread_mutex_lock(&lock);
    while (tokens == 0)
        pthread_cond_wait(&changed, &lock);
    tokens--;
    order = 10 * order + (int)(long)number + 1;
    pthread_mutex_unlock(&lock);
    return number;
}

int main(void) {
    pthread_t threads[2];
    for (long i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, take, (void *)i);
    for (int i = 0; i < 2; i++) {
        pthread_mutex_lock(&lock);
        tokens++;
        pthread_mutex_unlock(&lock);
        pthread_cond_signal(&changed);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("%d\n", order);
}
