/* Frees the party with its lock held, and then unlocks a mutex that is gone. */
/* verdict: use-after-free lock-misuse crash */
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
    party->guests--;
    if (party->guests == 0) {
        party->lights_out();
        free(party); /* fault: lock-misuse|use-after-free */
    }
    must(pthread_mutex_unlock(&party->lock)); /* fault: use-after-free|lock-misuse */
}
