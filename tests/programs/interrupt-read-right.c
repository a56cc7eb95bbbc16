/* expect: clean */
/* A thread blocked in read() on an empty pipe is called away by pthread_kill until it has noticed. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int fd[2];
static atomic_int quit, gone;

static void nothing(int sig)
{
    (void)sig;
}

static void *reader(void *arg)
{
    char c;
    while (!atomic_load(&quit))
        if (read(fd[0], &c, 1) < 0 && errno != EINTR)
            break;
    atomic_store(&gone, 1);
    return arg;
}

int main(void)
{
    struct sigaction sa;
    pthread_t t;

    memset(&sa, 0, sizeof sa);
    sa.sa_handler = nothing; /* no SA_RESTART */
    sigemptyset(&sa.sa_mask);
    if (sigaction(SIGUSR1, &sa, NULL) != 0 || pipe(fd) != 0)
        return 2;
    if (pthread_create(&t, NULL, reader, NULL) != 0)
        return 2;
    usleep(100000);
    atomic_store(&quit, 1);
    while (!atomic_load(&gone)) {
        pthread_kill(t, SIGUSR1);
        usleep(10000);
    }
    pthread_join(t, NULL);
    close(fd[0]);
    close(fd[1]);
    puts("called away");
    return 0;
}
