/* results: "1122" "1212" "1221" "2112" "2121" "2211"
   Who gives a mutex up may take it again before one that waits: all orders of 1, 1, 2 and 2. */
#include "litmus.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int order;

static void *enter(void *number) {
    for (int i = 0; i < 2; i++) {
        pthread_mutex_lock(&lock);
        order = 10 * order + (int)(long)number + 1;
        pthread_mutex_unlock(&lock);
    }
    return number;
}

int main(void) {
    RUN(enter, enter);
    printf("%d\n", order);
}
