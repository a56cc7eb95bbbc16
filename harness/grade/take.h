// Reads one file of a student, once, and keeps its content in the output directory.
#ifndef INTERLEAVE_TAKE_H
#define INTERLEAVE_TAKE_H

#include "intake.h"

// The file `name` in the directory becomes found->digest, or found->trouble says why not. False when the
// output directory could not be written to: intake->problem says so.
bool take_file(struct intake *intake, struct found *found, int directory, const char *name);

// Whether this is the exercise as it was shipped, but for blanks at the ends of lines.
bool take_is_shipped(const struct lesson *lesson, const char *bytes, size_t length);

#endif
