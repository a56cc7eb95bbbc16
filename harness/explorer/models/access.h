// A plain access of the program, wherever it was seen.
#ifndef INTERLEAVE_ACCESS_H
#define INTERLEAVE_ACCESS_H

#include "shadow.h"

enum { LONG_RUN = 1 << 16 }; // accesses without an operation, after which others may go on

void access_made(const void *address, size_t size, unsigned access, uint32_t place);
// Only the choice before it, if it is one.
void access_announced(const void *address, size_t size, unsigned access, uint32_t place);
// A text is read, of at most so many bytes; its length.
size_t access_text(const char *text, size_t most, uint32_t place);

// An atomic one, by an operation that has been visited already.
static inline void access_atomically(const volatile void *address, size_t size, unsigned access,
                                     uint32_t place) {
    shadow_access((uintptr_t)address, size, access | ACCESS_ATOMIC, place);
}

#endif
