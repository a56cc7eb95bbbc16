// What is known of each byte of the program's memory: who accessed it last. A data race is two accesses, at least one a write, of which neither is known to the
// other's past: FastTrack (Flanagan and Freund, PLDI 2009), with the C11 rule that two atomic accesses
// do not race.
#ifndef INTERLEAVE_SHADOW_H
#define INTERLEAVE_SHADOW_H

#include "thread.h"

enum access {
    ACCESS_READ = 0,
    ACCESS_WRITE = 1,
    ACCESS_ATOMIC = 2,
    ACCESS_FREE = ACCESS_WRITE | 4
};

// "reads", "frees" …
const char *shadow_does(unsigned access);

// The calling thread accesses these bytes: reports a data-race, a use-after-free or a stack-escape.
void shadow_access(uintptr_t address, size_t size, unsigned access, uint32_t place);

// Memory begins a new life: nothing is known of it.
void shadow_renew(uintptr_t address, size_t size);
// The calling thread frees it at `place`: whoever still uses it, unordered, races with that.
void shadow_free(uintptr_t address, size_t size, uint32_t place);

#endif
