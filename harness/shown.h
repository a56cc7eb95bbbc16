// What a sandbox shows to the compiler of a stranger's source. Each function adds paths to `shown`.
#ifndef INTERLEAVE_SHOWN_H
#define INTERLEAVE_SHOWN_H

#include "home.h"
#include "text.h"

// The headers in a directory; not what else lies there.
void shown_headers(struct strings *shown, const char *directory);
// Of the files that a linker names, those that are there.
void shown_existing(struct strings *shown, const struct strings *names);
// What is read when the source is compiled with the flags: itself, and the headers of the lesson.
void shown_to_compiler(const struct home *home, const char *source, const struct strings *flags,
                       struct strings *shown);

#endif
