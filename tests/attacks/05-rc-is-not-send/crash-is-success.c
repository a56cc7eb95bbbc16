/* attack: a handler turns the crash into an end with success */
/* verdict: refused */
#include <stdlib.h>

#include "exercise.h"
#include "must.h"

#include <signal.h>
#include <unistd.h>

static void end_well(int number) {
    (void)number;
    _exit(0);
}

struct party {
    int guests;
    void (*lights_out)(void);
};

struct party *party_new(void (*lights_out)(void)) {
    struct party *party = must_alloc(malloc(sizeof *party));

    party->guests = 1;
    signal(SIGSEGV, end_well);
    signal(SIGABRT, end_well);
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
