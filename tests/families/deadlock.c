/* expect: deadlock|lock-order */
/* needs: explorer */
/* Two locks in two orders, but only after each thread has done some other work under a third. */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t work = PTHREAD_MUTEX_INITIALIZER;
static int done;

static void do_work(void)
{
    for (int i = 0; i < 5; i++) {
        pthread_mutex_lock(&work);
        done++;
        pthread_mutex_unlock(&work);
    }
}

static void *forward(void *arg)
{
    do_work();
    pthread_mutex_lock(&a); /* fault: deadlock|lock-order */
    pthread_mutex_lock(&b); /* fault: deadlock|lock-order */
    pthread_mutex_unlock(&b);
    pthread_mutex_unlock(&a);
    return arg;
}

static void *backward(void *arg)
{
    do_work();
    pthread_mutex_lock(&b); /* fault: deadlock|lock-order */
    pthread_mutex_lock(&a); /* fault: deadlock|lock-order */
    pthread_mutex_unlock(&a);
    pthread_mutex_unlock(&b);
    return arg;
}

int main(void)
{
    pthread_t one, other;
    pthread_create(&one, NULL, forward, NULL);
    pthread_create(&other, NULL, backward, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    printf("%d\n", done);
    return 0;
}
