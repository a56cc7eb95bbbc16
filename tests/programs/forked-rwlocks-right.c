/* expect: clean */
/* After fork each process has locks of its own, at the same addresses, and takes them in its own order. */
#include <pthread.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_rwlock_t left = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t right = PTHREAD_RWLOCK_INITIALIZER;

struct order {
    pthread_rwlock_t *first, *second;
};

static void *both(void *arg)
{
    struct order *order = arg;
    pthread_rwlock_wrlock(order->first);
    usleep(400000);
    pthread_rwlock_wrlock(order->second);
    pthread_rwlock_unlock(order->second);
    pthread_rwlock_unlock(order->first);
    return NULL;
}

static void *second_only(void *arg)
{
    struct order *order = arg;
    pthread_rwlock_wrlock(order->second);
    usleep(1000000);
    pthread_rwlock_unlock(order->second);
    return NULL;
}

int main(void)
{
    struct order up = {&left, &right}, down = {&right, &left};
    pthread_t a, b;
    pid_t child = fork();
    struct order *mine = child ? &up : &down;
    pthread_create(&a, NULL, both, mine);
    usleep(200000);
    pthread_create(&b, NULL, second_only, mine);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    if (child) {
        wait(NULL);
        puts("done");
    }
    return 0;
}
