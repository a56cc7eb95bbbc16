// Memory of the runtime's own, apart from the program's heap: what a schedule needs is taken from here
// and never given back, since the process ends with the schedule.
#ifndef INTERLEAVE_ARENA_H
#define INTERLEAVE_ARENA_H

#include <stddef.h>
#include <stdint.h>

// Called once, before the first schedule. Returns 0, or an errno.
int arena_open(void);

// Zeroed memory, aligned to 16 bytes; never NULL: when it is used up the schedule ends as unavailable.
void *arena_take(size_t bytes);

// Room for `count` items in an array that has room for *room: the array itself or a larger copy.
void *arena_grow(void *items, size_t *room, size_t count, size_t item_size);

// Whether an address lies in the runtime's own memory, which the program has no business to touch.
int arena_has(const void *address);

// Where all of it begins and ends.
uintptr_t arena_begin(uintptr_t *end);

#endif
