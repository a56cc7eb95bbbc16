/* results: "0 1" "110 0" "110 1"
   A timed wait may be signalled or time out (ETIMEDOUT is 110); and who has timed out may find, when it has
   the mutex again, that it was set meanwhile. Ten milliseconds are soon over. A wait that is not needed is "0 1" too. */
#include "litmus.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int set, result, seen;

static void *take(void *unused) {
    struct timespec end;
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_nsec += 10000000;
    pthread_mutex_lock(&lock);
    while (!set && result == 0)
        result = pthread_cond_timedwait(&changed, &lock, &end);
    seen = set;
    pthread_mutex_unlock(&lock);
    return unused;
}
static void *put(void *unused) {
    pthread_mutex_lock(&lock);
    set = 1;
    pthread_mutex_unlock(&lock);
    pthread_cond_signal(&changed);
    return unused;
}

int main(void) {
    RUN(take, put);
    printf("%d %d\n", result, seen);
}
