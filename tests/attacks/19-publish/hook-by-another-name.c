/* attack: the hook that is told of a report swallows it; its name is given to the assembler only */
/* verdict: refused */
/* behind the gate: data-race */
#include "exercise.h"

#include "must.h"

void watch_ducks(void *report) __asm__("__tsan_on_report");
void watch_ducks(void *report) {
    (void)report;
}

int feed_ducks(void *report, _Bool suppress) __asm__("_ZN6__tsan8OnReportEPKNS_10ReportDescEb");
int feed_ducks(void *report, _Bool suppress) {
    (void)report, (void)suppress;
    return 1;
}

bool ring_put(struct ring *ring, int number) {
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
