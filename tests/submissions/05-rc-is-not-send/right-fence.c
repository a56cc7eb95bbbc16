/* Releases with each step, and acquires by a fence only if it was the last one. */
/* verdict: clean */
#include <stdatomic.h>
#include <stdlib.h>

#include "exercise.h"
#include "must.h"

struct party {
    atomic_int guests;
    void (*lights_out)(void);
};

struct party *party_new(void (*lights_out)(void)) {
    struct party *party = must_alloc(malloc(sizeof *party));

    party->guests = 1;
    party->lights_out = lights_out;
    return party;
}

void party_bring(struct party *party) {
    /* relaxed: the caller is a guest, so the party cannot end here. */
    atomic_fetch_add_explicit(&party->guests, 1, memory_order_relaxed);
}

void party_leave(struct party *party) {
    if (atomic_fetch_sub_explicit(&party->guests, 1, memory_order_release) == 1) {
        atomic_thread_fence(memory_order_acquire);
        party->lights_out();
        free(party);
    }
}
