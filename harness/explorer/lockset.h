// Which locks a thread held when it accessed memory, as a number that the shadow has room for.
#ifndef INTERLEAVE_LOCKSET_H
#define INTERLEAVE_LOCKSET_H

#include "thread.h"

enum { LOCKSET_UNKNOWN = 0 };

// Of the calling thread, now.
uint8_t lockset_mine(void);
// NULL: not known, since a schedule with very many such sets has no number for each.
const struct held *lockset_items(uint8_t set, size_t *count);

#endif
