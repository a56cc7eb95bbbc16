/* attack: memory, semaphores and a queue of System V remember that it was here */
/* verdict: refused */
#include <stdlib.h>

#include "exercise.h"
#include "must.h"

#include <stddef.h>

int shmget(int key, size_t size, int flags);
int semget(int key, int count, int flags);
int msgget(int key, int flags);

struct party {
    int guests;
    void (*lights_out)(void);
};

struct party *party_new(void (*lights_out)(void)) {
    struct party *party = must_alloc(malloc(sizeof *party));

    party->guests = 1;
    shmget(4711, 4096, 01666);
    semget(4711, 1, 01666);
    msgget(4711, 01666);
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
