#include "known.h"

#include "../text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SMALLEST = 64 };

static struct known_entry entry_of(const char *digest) {
    struct known_entry entry = {0};
    char half[17];
    snprintf(half, sizeof half, "%.16s", digest);
    entry.high = strtoull(half, NULL, 16);
    entry.low = strtoull(digest + strlen(half), NULL, 16);
    return entry;
}

// Where the entry is, or the free place where it would be. There always is a free one.
static struct known_entry *place_of(const struct known *known, const struct known_entry *wanted) {
    size_t at = (size_t)wanted->low & (known->capacity - 1);
    for (;; at = (at + 1) & (known->capacity - 1)) {
        struct known_entry *entry = &known->entries[at];
        if (!entry->used || (entry->high == wanted->high && entry->low == wanted->low))
            return entry;
    }
}

static void grow(struct known *known) {
    struct known larger = {.capacity = known->capacity ? 2 * known->capacity : SMALLEST,
                           .count = known->count};
    larger.entries = memory_zeroed(larger.capacity, sizeof *larger.entries);
    for (size_t i = 0; i < known->capacity; i++)
        if (known->entries[i].used)
            *place_of(&larger, &known->entries[i]) = known->entries[i];
    free(known->entries);
    *known = larger;
}

int *known_put(struct known *known, const char *digest, int value) {
    if (2 * (known->count + 1) > known->capacity)
        grow(known);
    struct known_entry wanted = entry_of(digest), *entry = place_of(known, &wanted);
    if (!entry->used) {
        *entry = wanted;
        entry->used = 1;
        entry->value = value;
        known->count++;
    }
    return &entry->value;
}

int *known_find(const struct known *known, const char *digest) {
    if (!known->capacity)
        return NULL;
    struct known_entry wanted = entry_of(digest), *entry = place_of(known, &wanted);
    return entry->used ? &entry->value : NULL;
}

void known_free(struct known *known) {
    free(known->entries);
    *known = (struct known){0};
}
