/* results: "1 2 1" "1 2 2" "1 1 1" "2 2 2"
   schedules: 3 11 24 32 35
   One function in two threads, which differ by their argument only: that the first has moved is not the
   same as that the second has. */
#include "litmus.h"

static atomic_int x;
static int seen[2];

static void *store(void *number) {
    x = (int)(long)number + 1;
    seen[(long)number] = x;
    return number;
}

int main(void) {
    RUN(store, store);
    printf("%d %d %d\n", seen[0], seen[1], x);
}
