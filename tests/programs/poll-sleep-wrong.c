/* expect: blocking-in-async */
/* One task of a small loop takes a nap instead of coming back later: the other one is late. */
#include <stdio.h>
#include <unistd.h>

#include "lib/polling.h"

struct task { int (*poll)(struct task *); int left; };

static int nap(struct task *t)
{
    usleep(1000); /* fault: blocking-in-async */
    return --t->left == 0;
}

static int count(struct task *t) { return --t->left == 0; }

int main(void)
{
    struct task tasks[2] = {{nap, 2}, {count, 4}};
    int over = 0;
    while (over < 2)
        for (int i = 0; i < 2; i++)
            if (tasks[i].left > 0) {
                poll_begins(&tasks[i]);
                over += tasks[i].poll(&tasks[i]);
                poll_ends();
            }
    printf("over\n");
    return 0;
}
