/* expect: clean */
/* slow: Helgrind takes two milliseconds for each thread */
/* Thousands of threads one after the other; the last one takes a nap. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static void *nothing(void *arg)
{
    return arg;
}

static void *nap(void *arg)
{
    usleep(900000);
    return arg;
}

int main(void)
{
    pthread_t thread;
    for (int i = 0; i < 8300; i++) {
        pthread_create(&thread, NULL, nothing, NULL);
        pthread_join(thread, NULL);
    }
    pthread_create(&thread, NULL, nap, NULL);
    pthread_join(thread, NULL);
    puts("done");
    return 0;
}
