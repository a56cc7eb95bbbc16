/* results: "1" "7"
   An `if` where a `while` belongs: 7 when the wait is not needed or is woken by the signal, 1 when it
   returns without a cause. */
#include "litmus.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int value = 1, seen, set;

static void *take(void *unused) {
    pthread_mutex_lock(&lock);
    if (!set)
        pthread_cond_wait(&changed, &lock);
    seen = value;
    pthread_mutex_unlock(&lock);
    return unused;
}
static void *put(void *unused) {
    pthread_mutex_lock(&lock);
    set = 1;
    value = 7;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void) {
    RUN(take, put);
    printf("%d\n", seen);
}
