// What a program printed against what it should print.
#ifndef INTERLEAVE_OUTPUT_H
#define INTERLEAVE_OUTPUT_H

#include "../program.h"

enum { OUTPUT_ALLOWED = 16 << 20 }; // bytes that a program may print

// NULL when they agree (or nothing is expected); otherwise one sentence with the first difference, owned
// by the caller.
char *output_difference(const struct program *program, const struct text *printed);

#endif
