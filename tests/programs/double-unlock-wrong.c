/* expect: lock-misuse */
/* The error path unlocks, and so does the common way out. */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static int stock = 3, refused;

static int take(int n)
{
    int ok = 1;
    pthread_mutex_lock(&mu);
    if (n > stock) {
        refused++;
        pthread_mutex_unlock(&mu);
        ok = 0;
        goto out;
    }
    stock -= n;
out:
    pthread_mutex_unlock(&mu); /* fault: lock-misuse */
    return ok;
}

static void *shopper(void *arg)
{
    *(int *)arg = take(*(int *)arg);
    return NULL;
}

int main(void)
{
    int want = 5;
    pthread_t t;

    take(1);
    pthread_create(&t, NULL, shopper, &want);
    pthread_join(t, NULL);
    printf("%d\n", want);
    return 0;
}
