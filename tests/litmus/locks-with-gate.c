/* results: "12" "21"
   Two locks in both orders, but a third one around them: no schedule hangs. */
#include "litmus.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER, a = PTHREAD_MUTEX_INITIALIZER,
                       b = PTHREAD_MUTEX_INITIALIZER;
static int order;

static void *enter(void *number) {
    pthread_mutex_t *outer = number ? &b : &a, *inner = number ? &a : &b;
    pthread_mutex_lock(&gate);
    pthread_mutex_lock(outer);
    pthread_mutex_lock(inner);
    order = 10 * order + (int)(long)number + 1;
    pthread_mutex_unlock(inner);
    pthread_mutex_unlock(outer);
    pthread_mutex_unlock(&gate);
    return number;
}

int main(void) {
    RUN(enter, enter);
    printf("%d\n", order);
}
