/* expect: crash|buffer-overflow */
/* A thread with a stack of 256 KB and a local array of 1 MB. */
#include <pthread.h>
#include <stdio.h>

static void *fill(void *arg)
{
    char big[1 << 20];
    for (int i = (int)sizeof big - 1; i >= 0; i -= 4096)
        big[i] = 1; /* fault: crash|buffer-overflow */
    *(int *)arg = big[4095];
    return NULL;
}

int main(void)
{
    pthread_attr_t attr;
    pthread_t t;
    int r = 0;

    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, 256 * 1024);
    if (pthread_create(&t, &attr, fill, &r) != 0)
        return 1;
    pthread_attr_destroy(&attr);
    pthread_join(t, NULL);
    printf("%d\n", r);
    return 0;
}
