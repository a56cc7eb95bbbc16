/* results: deadlock
   Two locks in both orders. */
#include "litmus.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;

static void *enter(void *number) {
    pthread_mutex_t *outer = number ? &b : &a, *inner = number ? &a : &b;
    pthread_mutex_lock(outer);
    pthread_mutex_lock(inner);
    pthread_mutex_unlock(inner);
    pthread_mutex_unlock(outer);
    return number;
}

int main(void) {
    RUN(enter, enter);
}
