// The stacks of the program's threads: at the same addresses in every schedule, so that what depends on
// an address repeats, and never used twice, so that what a thread left behind is known as its own.
#ifndef INTERLEAVE_STACKS_H
#define INTERLEAVE_STACKS_H

#include <stddef.h>
#include <stdint.h>

// Bytes of addresses for each thread, and the most of these for its stack, which is its size by default: below
// is a page without access, and pages may be as large as 64 KiB.
enum { STACK_ROOM = 8 << 20, STACK_MOST = STACK_ROOM - (64 << 10) };

// Called once, at the start of main, before the first schedule. Returns 0, or an errno.
int stacks_open(void);

// The lowest address of a stack of that size for the thread with that number, below which nothing can be
// written; NULL when there is no room for it.
void *stack_take(unsigned thread, size_t size);

// The number of the thread to whose stack the address belongs; -1: to none of these.
int stack_owner(uintptr_t address);

// The end of the stack of that thread.
uintptr_t stack_end(unsigned thread);

#endif
