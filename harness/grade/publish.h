// New books take the place of the old ones all at once: whoever looks sees the old ones or the new ones,
// whole, whenever the power fails.
//
//   OUT/.books-1/, OUT/.books-2/   the books, in turn
//   OUT/books -> .books-1          which of the two are the current ones; this link alone is replaced
//   OUT/grades.csv -> books/grades.csv, and so on
#ifndef INTERLEAVE_PUBLISH_H
#define INTERLEAVE_PUBLISH_H

#include "../text.h"

// Makes an empty directory to put the books together in; its path is owned by the caller. `names` are those of
// the books in the output directory. On failure NULL with a problem (owned by the caller).
char *publish_begin(const char *out, const struct strings *names, char **problem);
// Puts what is in the directory in the place of the old books. NULL, or what went wrong (owned by the caller).
char *publish_end(const char *out, const char *directory, const struct strings *names);
// Leaves the old ones as they are.
void publish_abandon(const char *directory);

#endif
