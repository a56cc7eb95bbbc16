/* results: "0" "110"
   A timed lock gets the mutex, or times out while another holds it. */
#include "litmus.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int result;

static void *hold(void *unused) {
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
    return unused;
}
static void *try(void *unused) {
    const struct timespec soon = {1, 0};
    result = pthread_mutex_timedlock(&lock, &soon);
    if (result == 0)
        pthread_mutex_unlock(&lock);
    return unused;
}

int main(void) {
    RUN(hold, try);
    printf("%d\n", result);
}
