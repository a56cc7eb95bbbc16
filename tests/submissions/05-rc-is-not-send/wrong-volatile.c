/* A volatile count is still read, changed and written in three steps. */
/* verdict: data-race wrong-result use-after-free double-free leak crash */
#include <stdlib.h>

#include "exercise.h"
#include "must.h"

struct party {
    volatile int guests;
    void (*lights_out)(void);
};

struct party *party_new(void (*lights_out)(void)) {
    struct party *party = must_alloc(malloc(sizeof *party));

    party->guests = 1;
    party->lights_out = lights_out;
    return party;
}

void party_bring(struct party *party) {
    party->guests++; /* fault: data-race */
}

void party_leave(struct party *party) {
    party->guests--;          /* fault: data-race */
    if (party->guests == 0) { /* fault: data-race */
        party->lights_out();
        free(party);
    }
}
