// What the program prints and reads: see stream.c.
#ifndef INTERLEAVE_STREAM_H
#define INTERLEAVE_STREAM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

// The calling thread writes to that descriptor, past all streams. False when the order does not matter.
bool stream_written(int fd, uint32_t place);
// The calling thread uses the stream in a call of the library: `name` is what it does, "prints to" …
void stream_used(FILE *stream, const char *name, uint32_t place);

#endif
