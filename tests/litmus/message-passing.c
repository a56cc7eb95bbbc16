/* results: "0 0" "0 1" "1 1"
   schedules: 3 11 24 32 35
   Never "1 0": who sees the flag sees the data. As many orders as in store-buffering.c. */
#include "litmus.h"

static atomic_int data, flag;
static int seen, got;

static void *send(void *unused) {
    data = 1;
    flag = 1;
    return unused;
}
static void *receive(void *unused) {
    seen = flag;
    got = data;
    return unused;
}

int main(void) {
    RUN(send, receive);
    printf("%d %d\n", seen, got);
}
