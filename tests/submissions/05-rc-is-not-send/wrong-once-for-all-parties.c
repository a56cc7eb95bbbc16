/* A flag sees to it that lights_out() is called once: once in the program, not once for each
 * party. */
/* verdict: wrong-result */
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "exercise.h"
#include "must.h"

struct party {
    atomic_int guests;
    void (*lights_out)(void);
};

static atomic_bool lights_are_out;

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
    /* release: what this guest did happens before it is counted out.
     * acquire: what all the others did happens before the lights go out. */
    if (atomic_fetch_sub_explicit(&party->guests, 1, memory_order_acq_rel) == 1) {
        if (!atomic_exchange(&lights_are_out, true)) {
            party->lights_out();
        }
        free(party);
    }
}
