/* The default order, sequentially consistent, is more than needed. */
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
    atomic_fetch_add(&party->guests, 1);
}

void party_leave(struct party *party) {
    if (atomic_fetch_sub(&party->guests, 1) == 1) {
        party->lights_out();
        free(party);
    }
}
