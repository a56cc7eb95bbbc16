// Every book of a finished grading.
#ifndef INTERLEAVE_BOOKS_H
#define INTERLEAVE_BOOKS_H

#include "scheme.h"

// Writes all books of a finished grading below `out`, in the place of those that are there. NULL, or what is
// wrong (owned by the caller): then the old ones stay as they were. One student is in memory at a time.
char *books_write(const char *out, const struct course *course, const struct scheme *scheme);

#endif
