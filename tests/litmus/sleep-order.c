/* results: "1 2" "2 1"
   A sleep may end late, never early: the longer one may be over first, since nothing orders the two. */
#include "litmus.h"

static atomic_int over;
static int at[2];

static void *nap(void *number) {
    usleep(1000 * (1 + (unsigned)(long)number));
    at[(long)number] = atomic_fetch_add(&over, 1) + 1;
    return number;
}

int main(void) {
    RUN(nap, nap);
    printf("%d %d\n", at[0], at[1]);
}
