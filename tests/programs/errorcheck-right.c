/* expect: clean */
/* An error-checking mutex answers the question "do I hold it already?" and the program asks it on purpose. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mu;
static int depth_seen, value;

static int enter(void)
{
    int r = pthread_mutex_lock(&mu);
    return r == EDEADLK ? 0 : r == 0 ? 1 : -1;
}

static void leave(int took)
{
    if (took == 1)
        pthread_mutex_unlock(&mu);
}

static void inner(void)
{
    int took = enter();
    if (took == 0)
        depth_seen++;
    value++;
    leave(took);
}

static void *outer(void *arg)
{
    for (int i = 0; i < 10; i++) {
        int took = enter();
        inner();
        leave(took);
        inner();
    }
    return arg;
}

int main(void)
{
    pthread_mutexattr_t a;
    pthread_t t[2];

    pthread_mutexattr_init(&a);
    pthread_mutexattr_settype(&a, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_init(&mu, &a);
    pthread_mutexattr_destroy(&a);
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, outer, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    pthread_mutex_destroy(&mu);
    printf("%d %d\n", value, depth_seen);
    return 0;
}
