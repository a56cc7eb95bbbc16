/* odd: each party has cache lines of its own, from aligned_alloc(); a lock of its own counts the guests */
/* verdict: correct */
#include <pthread.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdlib.h>

#include "exercise.h"
#include "must.h"

enum { CACHE_LINE = 64 };

struct party {
    alignas(CACHE_LINE) pthread_mutex_t lock; /* protects guests */
    int guests;
    void (*lights_out)(void);
};

struct party *party_new(void (*lights_out)(void)) {
    struct party *party = must_alloc(aligned_alloc(CACHE_LINE, sizeof *party));

    must(pthread_mutex_init(&party->lock, NULL));
    party->guests = 1;
    party->lights_out = lights_out;
    return party;
}

static bool count(struct party *party, int more) {
    must(pthread_mutex_lock(&party->lock));
    bool is_over = (party->guests += more) == 0;
    must(pthread_mutex_unlock(&party->lock));
    return is_over;
}

void party_bring(struct party *party) {
    (void)count(party, 1);
}

void party_leave(struct party *party) {
    if (count(party, -1)) {
        party->lights_out();
        must(pthread_mutex_destroy(&party->lock));
        free(party);
    }
}
