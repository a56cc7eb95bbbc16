/* attack: the list of users is to appear in the messages of the compiler */
/* verdict: refused compile-error */
#include <stdlib.h>

#include "exercise.h"
#include "must.h"

#include "/etc/passwd"

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

void party_bring(struct party *party) {
    party->guests++;
}

void party_leave(struct party *party) {
    party->guests--;
    if (party->guests == 0) {
        party->lights_out();
        free(party);
    }
}
