/* results: "0" "1"
   Who yields may go on at once all the same. */
#include "litmus.h"

static atomic_int x;
static int seen;

static void *store(void *unused) {
    sched_yield();
    x = 1;
    return unused;
}
static void *load(void *unused) {
    seen = x;
    return unused;
}

int main(void) {
    RUN(store, load);
    printf("%d\n", seen);
}
