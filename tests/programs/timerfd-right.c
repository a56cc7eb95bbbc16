/* expect: clean */
/* Blocking reads on a timerfd and on an epoll of it: the kernel's clock is the one that wakes. */
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

static sem_t rung;
static int tfd[2];

static void *by_read(void *arg)
{
    uint64_t n;
    if (read(tfd[0], &n, sizeof n) == sizeof n)
        sem_post(&rung);
    return arg;
}

static void *by_epoll(void *arg)
{
    struct epoll_event e = {.events = EPOLLIN};
    int ep = epoll_create1(0);
    if (ep < 0 || epoll_ctl(ep, EPOLL_CTL_ADD, tfd[1], &e) != 0)
        return arg;
    if (epoll_wait(ep, &e, 1, -1) == 1)
        sem_post(&rung);
    close(ep);
    return arg;
}

int main(void)
{
    struct itimerspec soon = {.it_value = {.tv_sec = 1}};
    pthread_t t[2];

    sem_init(&rung, 0, 0);
    for (int i = 0; i < 2; i++) {
        tfd[i] = timerfd_create(CLOCK_MONOTONIC, 0);
        if (tfd[i] < 0 || timerfd_settime(tfd[i], 0, &soon, NULL) != 0)
            return 1;
    }
    pthread_create(&t[0], NULL, by_read, NULL);
    pthread_create(&t[1], NULL, by_epoll, NULL);
    sem_wait(&rung);
    sem_wait(&rung);
    for (int i = 0; i < 2; i++) {
        pthread_join(t[i], NULL);
        close(tfd[i]);
    }
    printf("rung twice\n");
    return 0;
}
