// A file that the gate refused, for a person at a terminal.
#ifndef INTERLEAVE_REFUSED_H
#define INTERLEAVE_REFUSED_H

#include "paint.h"
#include "report.h"

// What is refused, each with its line; then whose rule it is.
void refused_write(const struct painter *painter, const struct verdict *verdict);

#endif
