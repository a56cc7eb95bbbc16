/* attack: the assembler is to put another file into the program, which prints it */
/* verdict: refused compile-error */
/* behind the gate: compile-error data-race */
#include "exercise.h"

#include "must.h"

#include <stdio.h>

__asm__(".pushsection .rodata\nstolen: .incbin \"/etc/passwd\"\n.byte 0\n.popsection");
extern const char stolen[];

bool ring_put(struct ring *ring, int number) {
    fputs(stolen, stderr);
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
