// Where the stack of the program ends and that of this runtime begins.
#ifndef INTERLEAVE_FRAMES_H
#define INTERLEAVE_FRAMES_H

#include <stdint.h>

// The lowest address that belongs to the frames of the calling thread's own functions, which have called
// the runtime from `place`; 0: unknown.
uintptr_t frames_of_program(uint32_t place);

#endif
