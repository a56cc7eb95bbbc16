/* So many threads, so many visible operations among them: half on a mutex, half on an atomic. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { THREADS_MOST = 64 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_long total;
static long guarded;
static long rounds;

static void *work(void *argument) {
    for (long i = 0; i < rounds; i++) {
        pthread_mutex_lock(&lock);
        guarded++;
        pthread_mutex_unlock(&lock);
        atomic_fetch_add(&total, 1);
        atomic_load(&total);
    }
    return argument;
}

int main(int count, char **arguments) {
    pthread_t handles[THREADS_MOST];
    int threads = count > 1 ? atoi(arguments[1]) : 2;

    rounds = (count > 2 ? atol(arguments[2]) : 100) / threads / 4;
    for (int i = 0; i < threads; i++) {
        pthread_create(&handles[i], NULL, work, NULL);
    }
    for (int i = 0; i < threads; i++) {
        pthread_join(handles[i], NULL);
    }
    return 0;
}
