// A line of the program's source, quoted with a caret below what stands on it.
#ifndef INTERLEAVE_EXCERPT_H
#define INTERLEAVE_EXCERPT_H

#include "paint.h"

// Writes two lines, cut at the painter's width; nothing when the file has no such line.
void excerpt_write(const struct painter *painter, const char *file, int number, enum paint carets);

#endif
