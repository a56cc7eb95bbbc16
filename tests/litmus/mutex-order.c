/* results: "123" "132" "213" "231" "312" "321"
   preemptions: 1
   A free mutex goes to whoever comes; a mutex that is given up, to any of those that wait: all 3! orders. */
#include "litmus.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int order;

static void *enter(void *number) {
    pthread_mutex_lock(&lock);
    order = 10 * order + (int)(long)number + 1;
    pthread_mutex_unlock(&lock);
    return number;
}

int main(void) {
    RUN(enter, enter, enter);
    printf("%d\n", order);
}
