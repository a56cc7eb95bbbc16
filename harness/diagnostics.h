// Reads what compiler and linker said about a program that they rejected.
#ifndef INTERLEAVE_DIAGNOSTICS_H
#define INTERLEAVE_DIAGNOSTICS_H

#include "fault.h"

// Adds a compile-error (or thread-safety) fault for each error. Returns a sentence with the remedy when
// the compiler failed for a reason that is not the program's, such as a full disk; owned by the caller.
char *diagnostics_read(const char *text, struct faults *faults);

#endif
