// The stacks of a live process's threads, read from outside. By libdwfl, which stops each thread
// (ptrace) while it reads.
#ifndef INTERLEAVE_STACKS_H
#define INTERLEAVE_STACKS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct stacks;

// NULL when the process cannot be read (no permission, or it is gone).
struct stacks *stacks_open(pid_t pid);
void stacks_close(struct stacks *stacks);

// Calls `visit` with each frame's address (made to lie inside the call), innermost first, until it
// returns false. False when the thread could not be stopped.
bool stacks_walk(struct stacks *stacks, pid_t tid, bool (*visit)(void *context, uint64_t address),
                 void *context);

#endif
