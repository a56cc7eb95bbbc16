// Faults and their places as a reader counts them.
#ifndef INTERLEAVE_READER_H
#define INTERLEAVE_READER_H

#include "../fault.h"
#include "../text.h"

// Whether no fault before it in the list is alike.
bool reader_is_first(const struct faults *faults, size_t index);
// The engines that report this fault, from its place in the list on: "tsan and helgrind". Owned by the
// caller.
char *reader_seen_by(const struct faults *faults, size_t index);
// The same fault as the explorer tells it, with its trace; NULL when it does not.
const struct fault *reader_traced(const struct faults *faults, size_t index);
// Whether the place has a file, and no place before it is the same line of the same thread.
bool reader_shows_place(const struct fault *fault, size_t index);
// "T1 in add_one: `counter` written", or as much of it as is known. Owned by the caller.
char *reader_place_says(const struct place *place);
// "a, b and c", owned by the caller; the list is empty afterwards.
char *reader_joined(struct strings *names);

#endif
