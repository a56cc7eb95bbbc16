/* Nobody frees the party any more: no use after the free, but a leak. */
/* verdict: leak */
#include <stdatomic.h>
#include <stdlib.h>

#include "exercise.h"
#include "must.h"

struct party {
  atomic_int guests;
  void (*lights_out)(void);
};

struct party *party_new(void (*lights_out)(void)) {
  struct party *party = must_alloc(malloc(sizeof *party)); /* fault: leak */

  party->guests = 1;
  party->lights_out = lights_out;
  return party;
}

void party_bring(struct party *party) {
  /* relaxed: the caller is a guest, so the party cannot end here. */
  atomic_fetch_add_explicit(&party->guests, 1, memory_order_relaxed);
}

void party_leave(struct party *party) {
  if (atomic_fetch_sub_explicit(&party->guests, 1, memory_order_acq_rel) == 1) {
    party->lights_out();
  }
}

/* handed in by s004 */
