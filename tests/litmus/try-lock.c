/* results: "0 1" "1 0" "1 1"
   The one that finds the mutex taken fails; never both. */
#include "litmus.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int got[2];

static void *enter(void *number) {
    if (pthread_mutex_trylock(&lock) == 0) {
        got[(long)number] = 1;
        pthread_mutex_unlock(&lock);
    }
    return number;
}

int main(void) {
    RUN(enter, enter);
    printf("%d %d\n", got[0], got[1]);
}
