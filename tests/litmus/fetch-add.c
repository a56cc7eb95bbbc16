/* results: "0 1 2 3" "0 2 1 3" "1 0 2 3" "1 2 0 3" "2 0 1 3" "2 1 0 3"
   schedules: 13 65 174 266 280
   Each of three draws a number of its own: all 3! orders. 8!/(2! 2! 4!) orders of the operations, less
   those in which the second join comes before its thread ends: 280. */
#include "litmus.h"

static atomic_int next;
static int drawn[3];

static void *draw(void *number) {
    drawn[(long)number] = atomic_fetch_add(&next, 1);
    return number;
}

int main(void) {
    RUN(draw, draw, draw);
    printf("%d %d %d %d\n", drawn[0], drawn[1], drawn[2], next);
}
