// Lines of the program's source, quoted.
#ifndef INTERLEAVE_EXCERPT_H
#define INTERLEAVE_EXCERPT_H

#include "paint.h"

// Writes one line with its number, cut at the painter's width; false when the file has no such line.
bool excerpt_line(const struct painter *painter, const char *file, int number);
// The same with a caret below what stands on it.
bool excerpt_write(const struct painter *painter, const char *file, int number, enum paint carets);

#endif
