/* expect: lock-misuse */
/* Two threads wait on one condition variable at the same time, each with a mutex of its own. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t m[2] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static pthread_cond_t cv = PTHREAD_COND_INITIALIZER;
static int go[2];

static void *runner(void *arg)
{
    int me = *(int *)arg;
    pthread_mutex_lock(&m[me]);
    while (!go[me])
        pthread_cond_wait(&cv, &m[me]); /* fault: lock-misuse */
    pthread_mutex_unlock(&m[me]);
    return NULL;
}

int main(void)
{
    pthread_t t[2];
    int id[2] = {0, 1};
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, runner, &id[i]);
    usleep(200000);
    for (int i = 0; i < 2; i++) {
        pthread_mutex_lock(&m[i]);
        go[i] = 1;
        pthread_cond_broadcast(&cv);
        pthread_mutex_unlock(&m[i]);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    puts("both ran");
    return 0;
}
