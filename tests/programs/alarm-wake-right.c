/* expect: clean */
/* Everybody sleeps until the alarm clock of the process goes off. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static sem_t wake;

static void on_alarm(int sig)
{
    int saved = errno;
    (void)sig;
    sem_post(&wake);
    sem_post(&wake);
    errno = saved;
}

static void *sleeper(void *name)
{
    while (sem_wait(&wake) == -1 && errno == EINTR)
        ;
    printf("%s is up\n", (const char *)name);
    return NULL;
}

int main(void)
{
    struct sigaction sa;
    pthread_t t;

    memset(&sa, 0, sizeof sa);
    sa.sa_handler = on_alarm;
    sigemptyset(&sa.sa_mask);
    sigaction(SIGALRM, &sa, NULL);
    sem_init(&wake, 0, 0);
    if (pthread_create(&t, NULL, sleeper, "thread") != 0)
        return 1;
    alarm(1);
    sleeper("main");
    pthread_join(t, NULL);
    return 0;
}
