/* results: "1 0 1" "0 1 2"
   schedules: 3 7 10
   One of two wins, whichever comes first. Each thread is two operations (starts, exchanges), and a join
   may come anywhere after the first thread: 5!/(3! 2!) = 10 orders. */
#include "litmus.h"

static atomic_int x;
static int won[2];

static void *take(void *number) {
    int free = 0;
    won[(long)number] = atomic_compare_exchange_strong(&x, &free, (int)(long)number + 1);
    return number;
}

int main(void) {
    RUN(take, take);
    printf("%d %d %d\n", won[0], won[1], x);
}
