/* results: "12 0" "12 1" "12 2" "21 0" "21 1" "21 2"
   A third thread sees which of two equal ones has moved: each may be first, and the third may look before
   both, between them and after both. */
#include "litmus.h"

static atomic_int x, rest;
static int old[2], seen;

static void *enter(void *number) {
    old[(long)number] = atomic_exchange(&x, (int)(long)number + 1);
    rest = 1;
    return number;
}
static void *look(void *unused) {
    seen = x;
    return unused;
}

int main(void) {
    RUN(enter, enter, look);
    printf("%s %d\n", old[0] == 0 ? "12" : "21", seen);
}
