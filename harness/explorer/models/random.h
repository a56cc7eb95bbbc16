// Random bytes that are the same in every schedule.
#ifndef INTERLEAVE_RANDOM_H
#define INTERLEAVE_RANDOM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// The number of bytes.
ssize_t random_fill(void *bytes, size_t size, uint32_t place);

#endif
