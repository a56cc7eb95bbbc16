/* results: "0 0" "0 1" "0 2" "1 1" "1 2" "2 2"
   schedules: 3 11 24 32 35
   Two loads of one object never go back in its order of stores: never "1 0", "2 0" or "2 1". */
#include "litmus.h"

static atomic_int x;
static int a, b;

static void *store(void *unused) {
    x = 1;
    x = 2;
    return unused;
}
static void *load(void *unused) {
    a = x;
    b = x;
    return unused;
}

int main(void) {
    RUN(store, load);
    printf("%d %d\n", a, b);
}
