// Objects of sources that are the same for every program, such as drivers and libraries, kept between
// programs and between processes: compiled once, found by what they were made of. Writers may meet: each
// file is written beside its place and renamed, and equal names have equal content.
#ifndef INTERLEAVE_KEPT_OBJECTS_H
#define INTERLEAVE_KEPT_OBJECTS_H

#include "text.h"

#include <stdbool.h>

// The name for a source compiled by this command: of its path and content, the command and the compiler.
// Owned by the caller; NULL: the source cannot be read.
char *kept_objects_name(const char *source, const struct strings *command, const char *compiler);
// Puts the object, and the compiler's rule of its headers ("OBJECT.d"), there. False: it is not kept, or a
// header has changed.
bool kept_objects_take(const char *directory, const char *name, const char *object);
// Keeps what was compiled. It may fail; then it is compiled again another time.
void kept_objects_put(const char *directory, const char *name, const char *object);

#endif
