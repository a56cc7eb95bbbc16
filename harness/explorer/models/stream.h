// What the program prints: see stream.c.
#ifndef INTERLEAVE_STREAM_H
#define INTERLEAVE_STREAM_H

#include <stdbool.h>
#include <stdint.h>

// The calling thread writes to that descriptor, past all streams. False when the order does not matter.
bool stream_written(int fd, uint32_t place);

#endif
