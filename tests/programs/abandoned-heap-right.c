/* expect: clean */
/* Memory that is still reachable at the end, from a global and from an idle thread's stack, is not a leak. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *banner;
static sem_t ready, never;

static void *idle(void *arg)
{
    char *mine = malloc(32);
    if (mine == NULL)
        abort();
    strcpy(mine, "idle");
    banner[0] = 'W';
    sem_post(&ready);
    sem_wait(&never);
    puts(mine);
    free(mine);
    return arg;
}

int main(void)
{
    pthread_t t;
    sem_init(&ready, 0, 0);
    sem_init(&never, 0, 0);
    banner = strdup("welcome");
    if (banner == NULL || pthread_create(&t, NULL, idle, NULL) != 0)
        return 1;
    sem_wait(&ready);
    puts(banner);
    return 0;
}
