/* results: "0 0" "3 0" "3 1"
   Who tries three times gives up after the third, whether or not anybody has moved meanwhile: a loop that
   counts is no loop that spins. Never "0 1": the flag is raised only by who has not seen it give up. */
#include "litmus.h"

static atomic_int flag, given_up;
static int tries, seen;

static void *poll(void *unused) {
    while (tries < 3 && !flag)
        tries++;
    if (tries == 3)
        given_up = 1;
    else
        tries = 0;
    return unused;
}
static void *raise_unless(void *unused) {
    seen = given_up;
    if (!seen)
        flag = 1;
    return unused;
}

int main(void) {
    RUN(poll, raise_unless);
    printf("%d %d\n", tries, seen);
}
