/* expect: deadlock|stuck-wait */
/* fork() copies a mutex that another thread holds; in the child nobody is there to give it back. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static atomic_int held, forked;
static int jobs;

static void *busy(void *arg)
{
    pthread_mutex_lock(&mu); /* fault: deadlock|stuck-wait */
    atomic_store(&held, 1);
    while (!atomic_load(&forked))
        sched_yield();
    jobs++;
    pthread_mutex_unlock(&mu);
    return arg;
}

int main(void)
{
    pthread_t t;
    pid_t pid;

    pthread_create(&t, NULL, busy, NULL);
    while (!atomic_load(&held))
        sched_yield();
    pid = fork();
    if (pid == 0) {
        pthread_mutex_lock(&mu); /* fault: deadlock|stuck-wait */
        jobs++;
        pthread_mutex_unlock(&mu);
        _exit(0);
    }
    atomic_store(&forked, 1);
    pthread_join(t, NULL);
    waitpid(pid, NULL, 0); /* fault: deadlock|stuck-wait */
    printf("%d\n", jobs);
    return 0;
}
