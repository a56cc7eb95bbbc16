/* results: "1"
   A loop that looks again and again under a lock ends when the other has moved. */
#include "litmus.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int ready;

static int is_ready(void) {
    pthread_mutex_lock(&lock);
    int now = ready;
    pthread_mutex_unlock(&lock);
    return now;
}
static void *wait(void *unused) {
    while (!is_ready())
        ;
    return unused;
}
static void *set(void *unused) {
    pthread_mutex_lock(&lock);
    ready = 1;
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void) {
    RUN(wait, set);
    printf("%d\n", ready);
}
