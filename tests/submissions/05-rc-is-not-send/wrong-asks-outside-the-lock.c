/* Counts under the lock, and asks whether it was the last without it. */
/* verdict: data-race use-after-free double-free wrong-result lock-misuse crash */
#include <pthread.h>
#include <stdlib.h>

#include "exercise.h"
#include "must.h"

struct party {
    pthread_mutex_t lock; /* protects guests */
    int guests;
    void (*lights_out)(void);
};

struct party *party_new(void (*lights_out)(void)) {
    struct party *party = must_alloc(malloc(sizeof *party));

    must(pthread_mutex_init(&party->lock, NULL));
    party->guests = 1;
    party->lights_out = lights_out;
    return party;
}

void party_bring(struct party *party) {
    must(pthread_mutex_lock(&party->lock));
    party->guests++;
    must(pthread_mutex_unlock(&party->lock));
}

void party_leave(struct party *party) {
    must(pthread_mutex_lock(&party->lock));
    party->guests--; /* fault: data-race */
    must(pthread_mutex_unlock(&party->lock));

    if (party->guests == 0) { /* fault: data-race|use-after-free */
        party->lights_out();
        must(pthread_mutex_destroy(&party->lock));
        free(party);
    }
}
