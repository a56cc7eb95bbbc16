// What a student is called. The names of folders and files are bytes that anybody may have chosen: here
// they become a name that can be shown anywhere, and an id that can be a file's name.
#ifndef INTERLEAVE_IDENTITY_H
#define INTERLEAVE_IDENTITY_H

#include "known.h"

// Valid UTF-8 of at most 255 bytes, on one line, without characters that are not seen or that turn the
// direction of writing round. Two names may look alike then. Owned by the caller.
char *identity_shown(const char *bytes);
// The same for the path of a file, of at most 1000 bytes.
char *identity_shown_path(const char *bytes);

// An id of letters, digits, dots, underscores and dashes, which no other name has got from `given` yet, not
// even one that differs in its capitals only. The same names in the same order get the same ids. Owned by
// the caller.
char *identity_id(struct known *given, const char *bytes);

#endif
