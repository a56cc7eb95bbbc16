// A set of threads, by number: a word of bits for every 64.
#ifndef INTERLEAVE_SET_H
#define INTERLEAVE_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { THREADS_MOST = 4096, SET_WORDS = THREADS_MOST / 64 };

struct set {
    unsigned count, words; // words that were ever used
    uint64_t bits[SET_WORDS];
};

static inline bool set_has(const struct set *set, unsigned member) {
    return set->bits[member / 64] >> (member % 64) & 1;
}

static inline void set_put(struct set *set, unsigned member, bool in) {
    uint64_t bit = 1ULL << (member % 64);
    if (set_has(set, member) == in)
        return;
    set->bits[member / 64] ^= bit;
    set->count += in ? 1 : -1U;
    if (set->words <= member / 64)
        set->words = member / 64 + 1;
}

static inline void set_clear(struct set *set) {
    memset(set->bits, 0, set->words * sizeof set->bits[0]);
    set->count = 0;
}

// The first member from `from` on, or THREADS_MOST.
static inline unsigned set_next(const struct set *set, unsigned from) {
    for (unsigned word = from / 64; word < set->words; word++) {
        uint64_t bits = set->bits[word];
        if (word == from / 64)
            bits &= ~0ULL << (from % 64);
        if (bits)
            return word * 64 + (unsigned)__builtin_ctzll(bits);
    }
    return THREADS_MOST;
}

// The first member after `after`, round the end of the set; the set is not empty.
static inline unsigned set_round(const struct set *set, unsigned after) {
    unsigned member = after + 1 < THREADS_MOST ? set_next(set, after + 1) : THREADS_MOST;
    return member < THREADS_MOST ? member : set_next(set, 0);
}

// The member number `index` (from 0) in ascending order; the set has that many.
static inline unsigned set_member(const struct set *set, unsigned index) {
    for (unsigned word = 0; word < set->words; word++) {
        uint64_t bits = set->bits[word];
        unsigned here = (unsigned)__builtin_popcountll(bits);
        if (index >= here) {
            index -= here;
            continue;
        }
        while (index--)
            bits &= bits - 1;
        return word * 64 + (unsigned)__builtin_ctzll(bits);
    }
    return THREADS_MOST;
}

#define SET_EACH(set, member) \
    for (unsigned member = set_next(set, 0); member < THREADS_MOST; \
         member = member + 1 < THREADS_MOST ? set_next(set, member + 1) : THREADS_MOST)

#endif
