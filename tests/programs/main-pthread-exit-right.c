/* expect: clean */
/* main leaves by pthread_exit; the last thread ends the process with status 0. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int lines;

static void *late(void *arg)
{
    usleep(100000 * (1 + (long)arg));
    pthread_mutex_lock(&m);
    printf("line %d\n", ++lines);
    pthread_mutex_unlock(&m);
    return NULL;
}

int main(void)
{
    for (long i = 0; i < 3; i++) {
        pthread_t t;
        if (pthread_create(&t, NULL, late, (void *)i) != 0)
            return 1;
        pthread_detach(t);
    }
    pthread_exit(NULL);
}
