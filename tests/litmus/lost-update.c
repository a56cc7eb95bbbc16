/* results: "1" "2"
   schedules: 3 11 24 32 35
   Load, then store: an update between them is lost. */
#include "litmus.h"

static atomic_int x;

static void *add(void *unused) {
    int old = x;
    x = old + 1;
    return unused;
}

int main(void) {
    RUN(add, add);
    printf("%d\n", x);
}
