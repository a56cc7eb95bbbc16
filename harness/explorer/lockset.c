#include "lockset.h"

#include "arena.h"

#include <string.h>

enum { SETS_MOST = UINT8_MAX + 1 };

static struct lockset {
    struct held *items;
    size_t count;
} sets[SETS_MOST]; // from 1 on
static unsigned set_count = 1;

static bool is_same(const struct lockset *set) {
    if (set->count != self->held_count)
        return false;
    for (size_t i = 0; i < set->count; i++)
        if (set->items[i].object != self->held[i].object ||
            set->items[i].shared != self->held[i].shared)
            return false;
    return true;
}

static uint8_t find(void) {
    for (unsigned i = 1; i < set_count; i++)
        if (is_same(&sets[i]))
            return (uint8_t)i;
    if (set_count == SETS_MOST)
        return LOCKSET_UNKNOWN;
    size_t bytes = self->held_count * sizeof *self->held;
    struct lockset *set = &sets[set_count];
    set->items = arena_take(bytes ? bytes : 1);
    set->count = self->held_count;
    if (bytes)
        memcpy(set->items, self->held, bytes);
    return (uint8_t)set_count++;
}

uint8_t lockset_mine(void) {
    if (!self->lockset_known) {
        self->lockset = find();
        self->lockset_known = true;
    }
    return self->lockset;
}

const struct held *lockset_items(uint8_t set, size_t *count) {
    *count = sets[set].count;
    return set == LOCKSET_UNKNOWN ? NULL : sets[set].items;
}
