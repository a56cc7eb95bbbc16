/* expect: clean */
/* A thread dies with a robust mutex in its hand; the heir learns so and repairs the state. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static pthread_mutex_t mu;
static int half_done;

static void *unlucky(void *arg)
{
    if (pthread_mutex_lock(&mu) == 0)
        half_done = 1;
    return arg; /* a robust mutex may be left behind like this */
}

int main(void)
{
    pthread_mutexattr_t attr;
    pthread_t t;
    int r;

    pthread_mutexattr_init(&attr);
    pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&mu, &attr);
    pthread_mutexattr_destroy(&attr);

    pthread_create(&t, NULL, unlucky, NULL);
    pthread_join(t, NULL);
    r = pthread_mutex_lock(&mu);
    if (r == EOWNERDEAD) {
        half_done = 0;
        pthread_mutex_consistent(&mu);
    } else if (r != 0) {
        fprintf(stderr, "%s\n", strerror(r));
        return 1;
    }
    printf("%d\n", half_done);
    pthread_mutex_unlock(&mu);
    pthread_mutex_destroy(&mu);
    return 0;
}
