/* results: "12" "21"
   preemptions: 2
   Peterson's lock: one at a time, each once. */
#include "litmus.h"

static atomic_int wants[2], turn;
static int order;

static void *enter(void *number) {
    int me = (int)(long)number;
    wants[me] = 1;
    turn = 1 - me;
    while (wants[1 - me] && turn == 1 - me)
        ;
    order = 10 * order + me + 1;
    wants[me] = 0;
    return number;
}

int main(void) {
    RUN(enter, enter);
    printf("%d\n", order);
}
