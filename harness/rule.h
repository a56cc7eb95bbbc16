// The rule for make that a compiler writes (-MMD): which headers of the program's own it has read.
#ifndef INTERLEAVE_RULE_H
#define INTERLEAVE_RULE_H

#include "text.h"

// Adds the absolute paths of those that `headers` does not have yet. A rule that is not there has none.
void rule_headers(const char *path, struct strings *headers);

#endif
