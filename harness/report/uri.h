// Paths as URIs (RFC 3986).
#ifndef INTERLEAVE_URI_H
#define INTERLEAVE_URI_H

#include <stdbool.h>

// A path, with `.` and `..` taken out of it: relative to the working directory when it lies below, or else a
// file URI. Owned by the caller.
char *uri_of_path(const char *path, bool *below);

// The file URI of the working directory, which ends in a slash. Owned by the caller.
char *uri_of_working_directory(void);

#endif
