// The output directory of a grading: may it be used, and for what?
#ifndef INTERLEAVE_OUTPUT_H
#define INTERLEAVE_OUTPUT_H

#include <stdbool.h>

// Makes the directory if it is not there. `folder` is that of the submissions, in which nothing is written;
// NULL: there is none. NULL, or why it cannot be used (owned by the caller).
char *output_open(const char *out, const char *folder);
// Whether there is a grading in it.
bool output_used(const char *out);
// Removes what a grading has left, and nothing else.
void output_clear(const char *out);

#endif
