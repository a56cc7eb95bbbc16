// Fault markers: a faulty line of a program ends in `/* fault: KIND */`.
#ifndef INTERLEAVE_MARKERS_H
#define INTERLEAVE_MARKERS_H

#include "program.h"

// Fills program->expectation.markers from the program's sources. NULL, or what is wrong and where; owned
// by the caller.
char *markers_read(struct program *program);

#endif
