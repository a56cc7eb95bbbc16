// What the objects of a program are called: locks, conditions, memory. The same name for the same object,
// wherever it is met.
#ifndef INTERLEAVE_NAMES_H
#define INTERLEAVE_NAMES_H

#include "symbols.h"

struct names;

struct names *names_new(struct symbols *symbols); // borrowed
void names_free(struct names *names);

// The variable's name, or else what the line that used it first calls it, numbered when others are called
// the same; NULL: it has none. `used_at`
// may be NULL. The string lives as long as the names.
const char *names_object(struct names *names, uint64_t address, const struct location *used_at);

#endif
