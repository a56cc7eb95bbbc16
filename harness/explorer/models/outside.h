// What the rest of the world may still do for a program in which nobody can go on.
#ifndef INTERLEAVE_OUTSIDE_H
#define INTERLEAVE_OUTSIDE_H

#include "thread.h"

// The threads are the first of those that stand at descriptors. True when the real poll reports something
// that one of them waits for, after a while; false when nobody but the program itself could bring it
// about. Otherwise ends the schedule as unavailable.
bool outside_wait(const struct thread *threads);

// The program connects to, or sends to, an address: it is its own client.
void outside_addressed(void);

#endif
