/* results: "0" "1"
   A wait gives its mutex up: a try may come before or after. */
#include "litmus.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int tried, got;

static void *wait(void *unused) {
    const struct timespec soon = {1, 0};
    pthread_mutex_lock(&lock);
    pthread_cond_timedwait(&changed, &lock, &soon);
    pthread_mutex_unlock(&lock);
    return unused;
}
static void *try(void *unused) {
    got = pthread_mutex_trylock(&lock) == 0;
    tried = 1;
    if (got)
        pthread_mutex_unlock(&lock);
    return unused;
}

int main(void) {
    RUN(wait, try);
    printf("%d\n", tried ? got : 9);
}
