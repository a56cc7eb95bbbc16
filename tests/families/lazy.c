/* expect: crash */
/* needs: explorer */
/* Three threads add under a lock; the one that looks believes that it comes before the others are done. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int sum;

static void *add(void *arg)
{
    pthread_mutex_lock(&lock);
    sum += *(int *)arg;
    pthread_mutex_unlock(&lock); /* fault: crash */
    return NULL;
}

static void *look(void *arg)
{
    pthread_mutex_lock(&lock); /* fault: crash */
    assert(sum < 3);           /* fault: crash */
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t adders[2], looker;
    int amounts[] = {1, 2};
    pthread_create(&looker, NULL, look, NULL);
    for (int i = 0; i < 2; i++)
        pthread_create(&adders[i], NULL, add, &amounts[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(adders[i], NULL);
    pthread_join(looker, NULL);
    puts("lazy");
    return 0;
}
