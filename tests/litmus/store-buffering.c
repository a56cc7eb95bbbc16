/* results: "0 1" "1 0" "1 1"
   schedules: 3 11 24 32 35
   Never "0 0": whichever store comes first is seen by the other. A thread is three operations (starts,
   stores, loads), and the first join may come anywhere after the first thread: 7!/(4! 3!) = 35 orders. */
#include "litmus.h"

static atomic_int x, y;
static int a, b;

static void *first(void *unused) {
    x = 1;
    a = y;
    return unused;
}
static void *second(void *unused) {
    y = 1;
    b = x;
    return unused;
}

int main(void) {
    RUN(first, second);
    printf("%d %d\n", a, b);
}
