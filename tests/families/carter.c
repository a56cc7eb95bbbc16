/* expect: deadlock|lock-order */
/* needs: explorer */
/* Who is first in a section takes a lock for all of it, who is last gives it back. Two such sections take
   each other's. */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER, flag = PTHREAD_MUTEX_INITIALIZER;
static int in_first, in_second;

static void *first(void *arg)
{
    pthread_mutex_lock(&lock);
    if (++in_first == 1)
        pthread_mutex_lock(&flag); /* fault: deadlock|lock-order */
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock); /* fault: deadlock|lock-order */
    if (--in_first == 0)
        pthread_mutex_unlock(&flag);
    pthread_mutex_unlock(&lock);
    return arg;
}

static void *second(void *arg)
{
    pthread_mutex_lock(&lock);
    if (++in_second == 1)
        pthread_mutex_lock(&flag); /* fault: deadlock|lock-order */
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock); /* fault: deadlock|lock-order */
    if (--in_second == 0)
        pthread_mutex_unlock(&flag);
    pthread_mutex_unlock(&lock);
    return arg;
}

static void *pass(void *arg)
{
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    void *(*const parts[])(void *) = {first, second, pass, pass};
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, parts[i], NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    puts("left");
    return 0;
}
