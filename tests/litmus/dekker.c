/* results: "0" "1"
   Who raises a flag and then sees the other's does not enter: at most one of two does, and perhaps none. */
#include "litmus.h"

static atomic_int flag[2], inside, both, entered;

static void *enter(void *number) {
    long me = (long)number;
    flag[me] = 1;
    if (!flag[1 - me]) {
        both |= inside++;
        entered++;
    }
    return number;
}

int main(void) {
    RUN(enter, enter);
    printf("%d\n", both ? 9 : entered);
}
