/* expect: deadlock|stuck-wait|lock-misuse */
/* An early return keeps the lock; the thread that did so ends, and the others wait for ever. */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static int readings[8] = {4, 7, -1, 5};
static int sum;

static int add_reading(int i)
{
    pthread_mutex_lock(&mu); /* fault: deadlock|stuck-wait|lock-misuse */
    if (readings[i] < 0)
        return -1; /* fault: deadlock|stuck-wait|lock-misuse */
    sum += readings[i];
    pthread_mutex_unlock(&mu);
    return 0;
}

static void *sensor(void *arg)
{
    for (int i = 0; i < 4; i++)
        if (add_reading(i) != 0)
            return arg;
    return NULL;
} /* fault: deadlock|stuck-wait|lock-misuse */

int main(void)
{
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, sensor, &sum);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    printf("%d\n", sum);
    return 0;
}
