/* results: "2 0" "2 1"
   Nothing is lost, and at most one of the exchanges fails: only the other's success makes it fail. */
#include "litmus.h"

static atomic_int x, failures;

static void *add(void *unused) {
    int old = x;
    while (!atomic_compare_exchange_strong(&x, &old, old + 1))
        failures++;
    return unused;
}

int main(void) {
    RUN(add, add);
    printf("%d %d\n", x, failures);
}
