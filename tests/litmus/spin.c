/* results: "0 1" "1 1"
   A loop that spins on two flags goes on when either is raised, at once or later. */
#include "litmus.h"

static atomic_int a, b, x;
static int seen;

static void *wait(void *unused) {
    while (!a && !b)
        ;
    seen = x;
    return unused;
}
static void *raise(void *unused) {
    b = 1;
    x = 1;
    return unused;
}

int main(void) {
    RUN(wait, raise);
    printf("%d %d\n", seen, b);
}
