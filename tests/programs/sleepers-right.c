/* expect: clean */
/* For two seconds every thread of this program is asleep, one of them on a clock. */
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t dawn = PTHREAD_COND_INITIALIZER;
static int day;

static void *cock(void *arg)
{
    struct timespec night = {2, 0};
    while (nanosleep(&night, &night) != 0)
        continue;
    pthread_mutex_lock(&lock);
    day = 1;
    pthread_mutex_unlock(&lock);
    pthread_cond_broadcast(&dawn);
    return arg;
}

static void *hen(void *arg)
{
    pthread_mutex_lock(&lock);
    while (!day)
        pthread_cond_wait(&dawn, &lock);
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t birds[4];
    pthread_create(&birds[0], NULL, cock, NULL);
    for (int i = 1; i < 4; i++)
        pthread_create(&birds[i], NULL, hen, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(birds[i], NULL);
    puts("good morning");
    return 0;
}
