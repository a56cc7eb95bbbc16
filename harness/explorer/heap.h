// The program's heap: memory of the explorer's own, at the same addresses in every schedule. A block that
// was freed is not handed out again for long, so that any use of it is seen; between two blocks lie bytes
// that belong to nobody. What is known of a block lies apart from it, where the program does not write.
#ifndef INTERLEAVE_HEAP_H
#define INTERLEAVE_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum block_state { BLOCK_NONE, BLOCK_LIVE, BLOCK_FREED };

struct block {
    size_t size;
    uint32_t allocated, freed; // places
    uint16_t allocated_by, freed_by;
    uint8_t state;
    uint8_t mark;       // for looking for leaks
    bool holds_objects; // a lock, an atomic … lies or lay in it
};

// What lies at an address: the block that is or was there, and where it begins. NULL: none ever.
struct spot {
    struct block *block;
    uintptr_t start, end; // of the room for the block; at least RED_ZONE bytes of it are nobody's
};

enum { RED_ZONE = 16 };

extern uintptr_t heap_start;
static const size_t heap_size = (size_t)64 << 30; // of addresses; pages are real once touched

static inline bool heap_has(uintptr_t address) {
    return address - heap_start < heap_size;
}

// Called once, before the first schedule. Returns 0, or an errno.
int heap_open(void);

// A block of zeroes for the calling thread; NULL when no heap would be large enough for it.
void *heap_take(size_t size, size_t alignment, uint32_t place);
void heap_give(const struct spot *spot, uint32_t place);

struct spot heap_find(uintptr_t address);
// The block before that address, among the neighbours of which none is there; NULL: none.
struct spot heap_before(uintptr_t address);

struct heap_sums {
    uint64_t bytes, blocks; // alive
};
extern struct heap_sums heap_sums;

// Each block that is alive.
void heap_each(void (*visit)(struct block *block, uintptr_t start));

#endif
