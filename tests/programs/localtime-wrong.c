/* expect: data-race */
/* needs: explorer */
/* Each thread guards its call of localtime, but reads the result, which all share, when others may call it. */
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;

static void *stamp(void *arg)
{
    time_t now = *(int *)arg;
    pthread_mutex_lock(&mu);
    struct tm *tm = localtime(&now); /* fault: data-race */
    pthread_mutex_unlock(&mu);
    *(int *)arg = tm->tm_min; /* fault: data-race */
    return NULL;
}

int main(void)
{
    int seconds[2] = {60, 120};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, stamp, &seconds[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("%s\n", seconds[0] + seconds[1] >= 0 ? "stamped" : "?");
    return 0;
}
