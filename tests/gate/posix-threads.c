/* passes */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static pthread_mutex_t plain = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t shared = PTHREAD_RWLOCK_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_spinlock_t spin;
static pthread_barrier_t barrier;
static pthread_key_t key;
static sem_t semaphore;

static void prepare(void) {
    pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
    pthread_barrier_init(&barrier, NULL, 1);
    pthread_key_create(&key, NULL);
    sem_init(&semaphore, 0, 1);
}

static void unlock(void *which) { pthread_mutex_unlock(which); }

static void *work(void *argument) {
    pthread_once(&once, prepare);
    pthread_setname_np(pthread_self(), "worker");
    pthread_mutex_lock(&plain);
    pthread_cleanup_push(unlock, &plain);
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec++;
    pthread_cond_timedwait(&changed, &plain, &until);
    pthread_cleanup_pop(1);
    pthread_rwlock_rdlock(&shared);
    pthread_rwlock_unlock(&shared);
    pthread_spin_lock(&spin);
    pthread_spin_unlock(&spin);
    pthread_barrier_wait(&barrier);
    pthread_setspecific(key, argument);
    while (sem_wait(&semaphore) != 0)
        ;
    sem_post(&semaphore);
    usleep(10);
    sleep(0);
    sched_yield();
    printf("%d of %ld\n", (int)getpid(), sysconf(_SC_NPROCESSORS_ONLN));
    pthread_exit(argument);
}

int run(void) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 1 << 20);
    pthread_t thread;
    void *result;
    int error = pthread_create(&thread, &attributes, work, &lock);
    return error ? error : pthread_join(thread, &result);
}
