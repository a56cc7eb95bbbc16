/* expect: clean */
/* fork() with threads about: the atfork handlers make sure that the child gets a lock that nobody holds. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static atomic_int stop, started;
static int jobs;

static void before(void) { pthread_mutex_lock(&mu); }
static void after(void) { pthread_mutex_unlock(&mu); }

static void *busy(void *arg)
{
    while (!atomic_load(&stop)) {
        pthread_mutex_lock(&mu);
        jobs++;
        pthread_mutex_unlock(&mu);
        atomic_store(&started, 1);
        sched_yield();
    }
    return arg;
}

int main(void)
{
    pthread_t t;
    int status = -1;

    if (pthread_atfork(before, after, after) != 0)
        return 1;
    pthread_create(&t, NULL, busy, NULL);
    while (!atomic_load(&started))
        sched_yield();
    pid_t pid = fork();
    if (pid == 0) {
        pthread_mutex_lock(&mu);
        int n = jobs;
        pthread_mutex_unlock(&mu);
        _exit(n > 0 ? 3 : 4);
    }
    waitpid(pid, &status, 0);
    atomic_store(&stop, 1);
    pthread_join(t, NULL);
    printf("%d\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    return 0;
}
