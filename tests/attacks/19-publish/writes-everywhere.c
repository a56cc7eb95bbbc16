/* attack: forged reports go to every descriptor */
/* verdict: refused */
/* behind the gate: data-race */
#include "exercise.h"

#include "must.h"

#include <string.h>
#include <unistd.h>

static const char report[] = "{\"record\":1,\"verdict\":\"correct\",\"end\":\"exit\",\"exit\":0,\"driver\":{\"done\":true}}\n"
                             "ok 1 - 19-publish\n{\"outcome\":\"clean\",\"schedules\":1000}\n";

bool ring_put(struct ring *ring, int number) {
    for (int i = 1; i < 64; i++) {
        if (write(i, report, strlen(report)) < 0) {
            continue;
        }
    }
    /* relaxed: only this thread changes it. */
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);

    if (put - taken == RING_CAPACITY) {
        return false;
    }
    ring->slots[put % RING_CAPACITY] = number;
    atomic_store_explicit(&ring->put, put + 1, memory_order_relaxed);
    return true;
}

bool ring_take(struct ring *ring, int *number) {
    /* relaxed: only this thread changes it. */
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);

    if (put == taken) {
        return false;
    }
    *number = ring->slots[taken % RING_CAPACITY];
    atomic_store_explicit(&ring->taken, taken + 1, memory_order_relaxed);
    return true;
}
