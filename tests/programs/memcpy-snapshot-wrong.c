/* expect: data-race */
/* snapshot() copies the record without the lock that the writer uses. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

struct record { long serial; char name[40]; double value; };

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static struct record current = {0, "zero", 0.0};

static void publish(long n)
{
    pthread_mutex_lock(&mu);
    current.serial = n; /* fault: data-race */
    memset(current.name, 'a' + (int)(n % 26), 39); /* fault: data-race */
    current.value = (double)n; /* fault: data-race */
    pthread_mutex_unlock(&mu);
}

static struct record snapshot(void)
{
    struct record r;
    memcpy(&r, &current, sizeof r); /* fault: data-race */
    return r;
}

static void *publisher(void *arg)
{
    for (long i = 1; i < 300; i++)
        publish(i);
    return arg;
}

static void *subscriber(void *arg)
{
    long sum = 0;
    for (int i = 0; i < 300; i++)
        sum += snapshot().serial;
    return sum < 0 ? arg : NULL;
}

int main(void)
{
    pthread_t p, s;
    pthread_create(&p, NULL, publisher, &mu);
    pthread_create(&s, NULL, subscriber, &mu);
    pthread_join(p, NULL);
    pthread_join(s, NULL);
    puts("done");
    return 0;
}
