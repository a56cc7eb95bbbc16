/* expect: clean */
/* The handler only writes one byte to a pipe; a thread reads it and does what needs a lock. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int fd[2];
static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static int events;

static void on_signal(int sig)
{
    int saved = errno;
    char c = (char)sig;
    if (write(fd[1], &c, 1) != 1)
        _exit(9);
    errno = saved;
}

static void *collector(void *arg)
{
    char c = 0;
    while (c != SIGTERM) {
        ssize_t n = read(fd[0], &c, 1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n != 1)
            return arg;
        pthread_mutex_lock(&mu);
        events++;
        pthread_mutex_unlock(&mu);
    }
    return NULL;
}

int main(void)
{
    struct sigaction sa;
    pthread_t t;

    memset(&sa, 0, sizeof sa);
    sa.sa_handler = on_signal;
    sa.sa_flags = SA_RESTART;
    sigfillset(&sa.sa_mask);
    if (pipe(fd) || sigaction(SIGUSR1, &sa, NULL) || sigaction(SIGTERM, &sa, NULL))
        return 1;
    pthread_create(&t, NULL, collector, NULL);
    for (int i = 0; i < 3; i++) {
        pthread_mutex_lock(&mu);
        raise(SIGUSR1);
        events += 10;
        pthread_mutex_unlock(&mu);
    }
    raise(SIGTERM);
    pthread_join(t, NULL);
    printf("%d\n", events);
    return 0;
}
