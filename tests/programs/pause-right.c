/* expect: clean */
/* A single thread in sigsuspend() until the interval timer has fired three times. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>

static volatile sig_atomic_t fired;

static void on_tick(int sig)
{
    (void)sig;
    fired++;
}

int main(void)
{
    struct sigaction sa;
    struct itimerval it = {.it_interval = {0, 400000}, .it_value = {0, 400000}};
    sigset_t block, old;

    memset(&sa, 0, sizeof sa);
    sa.sa_handler = on_tick;
    sigaction(SIGALRM, &sa, NULL);
    sigemptyset(&block);
    sigaddset(&block, SIGALRM);
    sigprocmask(SIG_BLOCK, &block, &old);
    setitimer(ITIMER_REAL, &it, NULL);
    while (fired < 3)
        sigsuspend(&old);
    printf("3 ticks\n");
    return 0;
}
