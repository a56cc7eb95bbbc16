// The source at a fault: its places, and those that led there, each with what the thread does.
#ifndef INTERLEAVE_SPOTS_H
#define INTERLEAVE_SPOTS_H

#include "../fault.h"
#include "paint.h"

// File by file, in the order of the lines, with those around them; no line twice.
void spots_write(const struct painter *painter, const struct fault *fault);

#endif
