/* expect: clean */
/* The only thread waits in sigwaitinfo, without a time-out; its child sends the signal 0.8 s later. */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(void)
{
    sigset_t set;
    siginfo_t info;
    pid_t child;
    int status = 0;

    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    sigprocmask(SIG_BLOCK, &set, NULL);
    child = fork();
    if (child < 0)
        return 1;
    if (child == 0) {
        struct timespec nap = {0, 800000000};
        nanosleep(&nap, NULL);
        kill(getppid(), SIGUSR2);
        _exit(0);
    }
    if (sigwaitinfo(&set, &info) != SIGUSR2)
        return 1;
    waitpid(child, &status, 0);
    printf("signal from my %s\n", info.si_pid == child ? "child" : "enemy");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
