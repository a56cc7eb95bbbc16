/* results: "0 0" "0 1" "1 0"
   schedules: 3 11 24 32 35
   Never "1 1": one of the loads comes before both stores. */
#include "litmus.h"

static atomic_int x, y;
static int a, b;

static void *first(void *unused) {
    a = x;
    y = 1;
    return unused;
}
static void *second(void *unused) {
    b = y;
    x = 1;
    return unused;
}

int main(void) {
    RUN(first, second);
    printf("%d %d\n", a, b);
}
