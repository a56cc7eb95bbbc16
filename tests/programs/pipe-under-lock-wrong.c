/* expect: lock-across-wait|deadlock|stuck-wait */
/* The reader blocks on the pipe inside the critical section; the writer counts its message first, under the same lock. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static int fd[2];
static int sent, received;
static atomic_bool reading;

static void *receive(void *arg)
{
    char c;
    pthread_mutex_lock(&mu); /* fault: lock-across-wait|deadlock|stuck-wait */
    atomic_store(&reading, 1);
    if (read(fd[0], &c, 1) == 1) /* fault: lock-across-wait|deadlock|stuck-wait */
        received++;
    pthread_mutex_unlock(&mu);
    return arg;
}

static void *transmit(void *arg)
{
    while (!atomic_load(&reading))
        sched_yield();
    pthread_mutex_lock(&mu); /* fault: lock-across-wait|deadlock|stuck-wait */
    sent++;
    pthread_mutex_unlock(&mu);
    return write(fd[1], "m", 1) == 1 ? arg : NULL;
}

int main(void)
{
    pthread_t r, t;
    if (pipe(fd) != 0)
        return 1;
    pthread_create(&r, NULL, receive, NULL);
    pthread_create(&t, NULL, transmit, NULL);
    pthread_join(r, NULL);
    pthread_join(t, NULL);
    printf("%d %d\n", sent, received);
    return 0;
}
