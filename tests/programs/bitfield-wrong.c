/* expect: data-race */
/* Each flag has a lock of its own, but the two flags share one memory location. */
#include <pthread.h>
#include <stdio.h>

struct device {
    unsigned enabled : 4;
    unsigned failed : 4;
    pthread_mutex_t enabled_lock;
    pthread_mutex_t failed_lock;
};

static struct device dev = {
    .enabled_lock = PTHREAD_MUTEX_INITIALIZER,
    .failed_lock = PTHREAD_MUTEX_INITIALIZER,
};

static void *driver(void *arg)
{
    for (unsigned i = 0; i < 1000; i++) {
        pthread_mutex_lock(&dev.enabled_lock);
        dev.enabled = i & 7; /* fault: data-race */
        pthread_mutex_unlock(&dev.enabled_lock);
    }
    return arg;
}

static void *monitor(void *arg)
{
    for (unsigned i = 0; i < 1000; i++) {
        pthread_mutex_lock(&dev.failed_lock);
        dev.failed = i & 3; /* fault: data-race */
        pthread_mutex_unlock(&dev.failed_lock);
    }
    return arg;
}

int main(void)
{
    pthread_t d, m;
    pthread_create(&d, NULL, driver, NULL);
    pthread_create(&m, NULL, monitor, NULL);
    pthread_join(d, NULL);
    pthread_join(m, NULL);
    printf("done\n");
    return 0;
}
