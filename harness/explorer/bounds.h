// Whether memory of the program's heap may be accessed: only inside a block, and only while it lives.
#ifndef INTERLEAVE_BOUNDS_H
#define INTERLEAVE_BOUNDS_H

#include <stddef.h>
#include <stdint.h>

// The calling thread accesses these bytes of the heap: reports a use-after-free, a buffer-overflow or an
// undefined-behaviour and ends the schedule if they are no part of a live block.
void bounds_check(uintptr_t address, size_t size, const char *does, uint32_t place);

// It frees what is no live block, or no block at all.
_Noreturn void bounds_wrong_free(uintptr_t address, uint32_t place);

// It accesses memory of the explorer's, where in another run nothing or anything might be.
_Noreturn void bounds_wild(uintptr_t address, size_t size, const char *does, uint32_t place);

#endif
