/* Counts out atomically and then looks at the count again: two guests can both see zero,
 * and whoever looks late looks at a party that is gone. */
/* verdict: wrong-result use-after-free double-free data-race crash */
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
    atomic_fetch_sub(&party->guests, 1);
    if (atomic_load(&party->guests) == 0) { /* fault: use-after-free|double-free|data-race */
        party->lights_out();                /* fault: use-after-free|double-free|data-race */
        free(party);                        /* fault: use-after-free|double-free|data-race */
    }
}
