/* expect: clean */
/* A thread blocked in read() on a signalfd; alarm() is the only one who can wake it, and main waits in join. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <unistd.h>

static int sfd;

static void *clerk(void *arg)
{
    struct signalfd_siginfo si;
    if (read(sfd, &si, sizeof si) == (ssize_t)sizeof si)
        *(unsigned *)arg = si.ssi_signo;
    return NULL;
}

int main(void)
{
    sigset_t set;
    pthread_t t;
    unsigned got = 0;

    sigemptyset(&set);
    sigaddset(&set, SIGALRM);
    if (pthread_sigmask(SIG_BLOCK, &set, NULL) != 0 || (sfd = signalfd(-1, &set, 0)) < 0)
        return 1;
    if (pthread_create(&t, NULL, clerk, &got) != 0)
        return 1;
    alarm(1);
    pthread_join(t, NULL);
    close(sfd);
    puts(got == SIGALRM ? "alarm" : "nothing");
    return got != SIGALRM;
}
