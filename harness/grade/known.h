// A set of fingerprints (digest.h), each with a small number: flat memory for many submissions.
#ifndef INTERLEAVE_KNOWN_H
#define INTERLEAVE_KNOWN_H

#include <stddef.h>
#include <stdint.h>

struct known_entry {
    uint64_t high, low;
    int value;
    int used;
};

struct known {
    struct known_entry *entries; // private
    size_t count, capacity;
};

// The number that belongs to the digest, which is put in with `value` when it is new; then *count has
// grown. The pointer is valid until the next call.
int *known_put(struct known *known, const char *digest, int value);
// NULL: it is not in.
int *known_find(const struct known *known, const char *digest);
void known_free(struct known *known);

#endif
