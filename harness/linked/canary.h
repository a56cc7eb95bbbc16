// Whether the tool that watches the program is still alive when the program is over, and has not been
// blinded by it. Each tool has its own; without a tool there is none.
#ifndef INTERLEAVE_CANARY_H
#define INTERLEAVE_CANARY_H

#include <stdbool.h>

// ThreadSanitizer reports a race that was made on purpose.
bool canary_sings(void) __attribute__((weak));

#endif
