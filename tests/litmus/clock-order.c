/* results: "first" "second"
   schedules: 3 7 10
   No two readings of the clock are the same: who reads first reads less. */
#include "litmus.h"

static long at[2];

static void *look(void *number) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    at[(long)number] = time.tv_nsec;
    return number;
}

int main(void) {
    RUN(look, look);
    printf("%s\n", at[0] == at[1] ? "neither" : at[0] < at[1] ? "first" : "second");
}
