/* attack: the argument of the attribute is two strings, and one of them has escapes */
/* verdict: refused */
/* behind the gate: data-race wrong-result use-after-free double-free leak */
#include <stdlib.h>

#include "exercise.h"
#include "must.h"

#define QUIET __attribute__((__no_sanitize__("thr" "\x65\x61" "d")))

struct party {
    int guests;
    void (*lights_out)(void);
};

struct party *party_new(void (*lights_out)(void)) {
    struct party *party = must_alloc(malloc(sizeof *party));

    party->guests = 1;
    party->lights_out = lights_out;
    return party;
}

QUIET
void party_bring(struct party *party) {
    party->guests++;
}

QUIET
void party_leave(struct party *party) {
    party->guests--;
    if (party->guests == 0) {
        party->lights_out();
        free(party);
    }
}
