/* expect: clean */
/* Threads sleep on a raw futex word without a time-out, with their own thread id 8 bytes further on;
   the starter comes half a second later. It is an event, not a mutex, and nobody is stuck. */
#define _GNU_SOURCE
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

struct event {
    atomic_int fired;
    int reserved;
    atomic_int last_waiter;
};

static struct event start;
static atomic_int ran;

static void event_wait(struct event *e)
{
    atomic_store(&e->last_waiter, (int)syscall(SYS_gettid));
    while (atomic_load(&e->fired) == 0)
        syscall(SYS_futex, &e->fired, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
}

static void event_fire(struct event *e)
{
    atomic_store(&e->fired, 1);
    syscall(SYS_futex, &e->fired, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

static void *runner(void *arg)
{
    event_wait(&start);
    atomic_fetch_add(&ran, 1);
    return arg;
}

static void *starter(void *arg)
{
    usleep(500000);
    event_fire(&start);
    return arg;
}

int main(void)
{
    pthread_t t[4];
    pthread_create(&t[0], NULL, starter, NULL);
    for (int i = 1; i < 4; i++)
        pthread_create(&t[i], NULL, runner, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(t[i], NULL);
    printf("%d ran\n", atomic_load(&ran));
    return 0;
}
