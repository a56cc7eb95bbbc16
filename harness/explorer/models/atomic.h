// How an atomic operation is announced, whoever judges the order that it makes.
#ifndef INTERLEAVE_ATOMIC_H
#define INTERLEAVE_ATOMIC_H

#include "model.h"

#include <string.h>

typedef uint8_t a8;
typedef uint16_t a16;
typedef uint32_t a32;
typedef uint64_t a64;
typedef unsigned __int128 a128;

// The read-modify-writes but for compare-exchange: `old` becomes the result.
#define MODIFICATIONS(MODIFY, bits) \
    MODIFY(bits, exchange, "exchanges", value) \
    MODIFY(bits, fetch_add, "adds atomically", old + value) \
    MODIFY(bits, fetch_sub, "subtracts atomically", old - value) \
    MODIFY(bits, fetch_and, "ands atomically", old &value) \
    MODIFY(bits, fetch_or, "ors atomically", old | value) \
    MODIFY(bits, fetch_xor, "xors atomically", old ^ value) \
    MODIFY(bits, fetch_nand, "nands atomically", ~(old & value))

static inline struct object *atomic_visit(const volatile void *address, const char *name,
                                          bool reads, uint32_t place) {
    struct object *object = object_at((const void *)address, OBJECT_ATOMIC);
    const struct operation operation = {
        .name = name, .object = object, .reads = reads, .place = place};
    schedule_visit(&operation);
    return object;
}

// Of the value that was seen, for recognising a loop that spins.
static inline uint64_t atomic_hash(const volatile void *value, size_t size) {
    uint64_t hash = 0;
    memcpy(&hash, (const void *)value, size < sizeof hash ? size : sizeof hash);
    return hash;
}

#endif
