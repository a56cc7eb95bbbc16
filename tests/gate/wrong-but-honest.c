/* passes */
#include <stdlib.h>
#include <unistd.h>

static volatile int ready;
int wait_for_it(void) {
    while (!ready)
        usleep(1);
    if (ready > 1)
        _exit(1);
    return ready;
}
