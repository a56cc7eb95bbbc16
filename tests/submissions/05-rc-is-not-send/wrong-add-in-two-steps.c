/* The type is atomic, and each access is too, but an increment of two accesses loses one. */
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
    party->guests = party->guests + 1;
}

void party_leave(struct party *party) {
    if (atomic_fetch_sub_explicit(&party->guests, 1, memory_order_acq_rel) == 1) {
        party->lights_out();
        free(party);
    }
}
