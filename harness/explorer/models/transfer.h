// What other models write on the program's behalf: see transfer.c.
#ifndef INTERLEAVE_TRANSFER_H
#define INTERLEAVE_TRANSFER_H

#include <stdint.h>
#include <sys/types.h>

// As write, from a call at `place`.
ssize_t transfer_write(int fd, const void *bytes, size_t length, uint32_t place);

#endif
