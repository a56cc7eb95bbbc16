// How a driver proves that it came to its end: a number that only who knows the driver's secret can
// tell, and that is another one in every run. Shared by the harness, which compares, and by what is
// linked beside the program, which calculates.
#ifndef INTERLEAVE_PROOF_H
#define INTERLEAVE_PROOF_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

// What the proof is of.
enum proof_of { PROOF_DONE = 1, PROOF_ENDED };

struct proof_key {
    uint64_t words[2];
};

static inline uint64_t proof_rotated(uint64_t word, unsigned by) {
    return word << by | word >> (64 - by);
}

static inline void proof_round(uint64_t v[4]) {
    v[0] += v[1];
    v[2] += v[3];
    v[1] = proof_rotated(v[1], 13) ^ v[0];
    v[3] = proof_rotated(v[3], 16) ^ v[2];
    v[0] = proof_rotated(v[0], 32) + v[3];
    v[2] += v[1];
    v[3] = proof_rotated(v[3], 21) ^ v[0];
    v[1] = proof_rotated(v[1], 17) ^ v[2];
    v[2] = proof_rotated(v[2], 32);
}

// SipHash-2-4 (Aumasson and Bernstein 2012).
static inline uint64_t proof_hash(struct proof_key key, const void *bytes, size_t length) {
    uint64_t v[4] = {key.words[0] ^ 0x736f6d6570736575u, key.words[1] ^ 0x646f72616e646f6du,
                     key.words[0] ^ 0x6c7967656e657261u, key.words[1] ^ 0x7465646279746573u};
    for (size_t at = 0;; at += 8) {
        uint64_t word = 0;
        size_t left = length - at;
        memcpy(&word, (const char *)bytes + at, left < 8 ? left : 8);
        if (left < 8)
            word |= (uint64_t)length << 56;
        v[3] ^= word;
        proof_round(v);
        proof_round(v);
        v[0] ^= word;
        if (left < 8)
            break;
    }
    v[2] ^= 0xff;
    for (int i = 0; i < 4; i++)
        proof_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

// Never 0, which says that nothing was handed over.
static inline uint64_t proof_number(struct proof_key key, uint64_t challenge, enum proof_of of) {
    const uint64_t message[2] = {challenge, (uint64_t)of};
    uint64_t number = proof_hash(key, message, sizeof message);
    return number ? number : 1;
}

#endif
