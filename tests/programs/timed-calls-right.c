/* expect: clean */
#include <pthread.h>
#include <semaphore.h>
#include <poll.h>
#include <sys/select.h>
#include <unistd.h>
#include <time.h>
#include <errno.h>
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static sem_t s;
static int pipes[2];
static struct timespec in(long ms) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    t.tv_nsec += ms * 1000000;
    if (t.tv_nsec >= 1000000000) t.tv_sec++, t.tv_nsec -= 1000000000;
    return t;
}
static void *tries(void *u) {
    struct timespec t = in(10);
    int r = pthread_mutex_timedlock(&m, &t);
    if (r == 0) pthread_mutex_unlock(&m); else if (r != ETIMEDOUT) return (void *)1;
    t = in(10);
    r = pthread_rwlock_timedrdlock(&rw, &t);
    if (r == 0) pthread_rwlock_unlock(&rw); else if (r != ETIMEDOUT) return (void *)2;
    t = in(10);
    if (sem_timedwait(&s, &t) == 0 || errno != ETIMEDOUT) return (void *)3;
    struct pollfd p = {pipes[0], POLLIN, 0};
    if (poll(&p, 1, 10) != 0) return (void *)4;
    fd_set set;
    struct timeval v = {0, 10000};
    FD_ZERO(&set);
    FD_SET(pipes[0], &set);
    if (select(pipes[0] + 1, &set, NULL, NULL, &v) != 0) return (void *)5;
    return u;
}
int main(void) {
    pthread_t t;
    void *r;
    sem_init(&s, 0, 0);
    if (pipe(pipes)) return 9;
    pthread_create(&t, NULL, tries, NULL);
    pthread_mutex_lock(&m);
    usleep(20000);
    pthread_mutex_unlock(&m);
    pthread_rwlock_wrlock(&rw);
    pthread_rwlock_unlock(&rw);
    pthread_join(t, &r);
    return (int)(long)r;
}
