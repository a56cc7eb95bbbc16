/* expect: clean */
/* unjudged: tsan */
/* main and a worker wait without a time-out; a POSIX timer that makes its own threads wakes them. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

struct pulse {
    pthread_mutex_t mu;
    pthread_cond_t cv;
    int beats;
};

static struct pulse pulse = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0};

static void on_timer(union sigval v)
{
    struct pulse *p = v.sival_ptr;
    pthread_mutex_lock(&p->mu);
    p->beats++;
    pthread_cond_broadcast(&p->cv);
    pthread_mutex_unlock(&p->mu);
}

static void *patient(void *arg)
{
    struct pulse *p = arg;
    pthread_mutex_lock(&p->mu);
    while (p->beats < 3)
        pthread_cond_wait(&p->cv, &p->mu);
    pthread_mutex_unlock(&p->mu);
    return NULL;
}

int main(void)
{
    timer_t timer;
    struct sigevent ev;
    struct itimerspec spec = {{0, 0}, {0, 0}};
    pthread_t t;

    spec.it_interval.tv_nsec = spec.it_value.tv_nsec = 400 * 1000 * 1000;
    memset(&ev, 0, sizeof ev);
    ev.sigev_notify = SIGEV_THREAD;
    ev.sigev_notify_function = on_timer;
    ev.sigev_value.sival_ptr = &pulse;
    if (timer_create(CLOCK_MONOTONIC, &ev, &timer) != 0)
        return 2;
    timer_settime(timer, 0, &spec, NULL);
    if (pthread_create(&t, NULL, patient, &pulse) != 0)
        return 2;
    patient(&pulse);
    pthread_join(t, NULL);
    timer_delete(timer);
    puts("three beats");
    return 0;
}
