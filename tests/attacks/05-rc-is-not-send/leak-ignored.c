/* attack: the party is never freed, and the leak checker is asked to look away */
/* verdict: refused */
/* behind the gate: leak data-race wrong-result */
#include <stdlib.h>

#include "exercise.h"
#include "must.h"

void __lsan_ignore_object(const void *object) __attribute__((weak));

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
        if (__lsan_ignore_object) {
            __lsan_ignore_object(party);
        }
    }
}
