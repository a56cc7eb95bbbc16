// Whether the tool that watches the program is still alive when the program is over, and has not been
// blinded by it. Each tool has its own.
#ifndef INTERLEAVE_CANARY_H
#define INTERLEAVE_CANARY_H

#include <stdbool.h>

// ThreadSanitizer reports a race that was made on purpose; AddressSanitizer poisons what is freed, and has
// looked for leaks; Helgrind, too, reports a race that was made on purpose. True without a tool.
bool canary_sings(void) __attribute__((weak));

#endif
