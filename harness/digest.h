// Fingerprints of content (XXH3, 128 bits, in hexadecimal), to see whether something has changed. Not for
// security.
#ifndef INTERLEAVE_DIGEST_H
#define INTERLEAVE_DIGEST_H

#include <stddef.h>

char *digest_bytes(const void *bytes, size_t length); // owned by the caller
char *digest_file(const char *path);                  // NULL: no regular file that can be read

#endif
