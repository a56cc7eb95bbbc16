/* expect: crash */
/* One waiter, one signal, the predicate is checked before the wait, but a wait may also return for no reason. */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static struct {
    pthread_mutex_t mu;
    pthread_cond_t cv;
    bool cooked;
} meal = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false};

static void *cook(void *arg)
{
    pthread_mutex_lock(&meal.mu);
    meal.cooked = true;
    pthread_cond_signal(&meal.cv);
    pthread_mutex_unlock(&meal.mu);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, cook, NULL);
    pthread_mutex_lock(&meal.mu);
    if (!meal.cooked) /* fault: crash */
        pthread_cond_wait(&meal.cv, &meal.mu); /* fault: crash */
    if (!meal.cooked)
        abort(); /* fault: crash */
    pthread_mutex_unlock(&meal.mu);
    pthread_join(t, NULL);
    puts("dinner");
    return 0;
}
