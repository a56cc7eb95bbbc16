/* A lock in place of the atomic count. The answer is copied under the lock; the last one
 * alone may use the party after that. */
/* verdict: clean */
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
    int left = --party->guests;
    must(pthread_mutex_unlock(&party->lock));

    if (left == 0) {
        party->lights_out();
        must(pthread_mutex_destroy(&party->lock));
        free(party);
    }
}
