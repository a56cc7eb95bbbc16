// How strangers' code is confined on this machine: found out once, by trying.
#ifndef INTERLEAVE_SANDBOX_H
#define INTERLEAVE_SANDBOX_H

#include "../home.h"
#include "../text.h"

#include <stdbool.h>

enum sandbox_level {
    SANDBOX_NONE,     // D
    SANDBOX_LANDLOCK, // C: no namespaces; Landlock, a list of refused system calls, limits
    SANDBOX_POLLED,   // B: namespaces; memory is looked at from time to time
    SANDBOX_FULL,     // A: namespaces, and memory and tasks counted by the kernel
};
enum { SANDBOX_LEVELS = SANDBOX_FULL + 1 };

struct sandbox {
    enum sandbox_level level;
    char *bubblewrap; // its path; NULL: it is not installed
    char *
        short_of[SANDBOX_LEVELS]; // why a level does not work here; NULL: it does, or was not tried
};

// Finds the best level that works, or takes the one that INTERLEAVE_SANDBOX names (A, B or C). `unsafe`: none
// is wanted. NULL, or why there is none: what, where, remedy (owned by the caller).
char *sandbox_open(struct sandbox *sandbox, const struct home *home, bool unsafe);
void sandbox_close(struct sandbox *sandbox);

// Why no better level works, "A: …; B: …", owned by the caller; NULL: there is no better one.
char *sandbox_short_of(const struct sandbox *sandbox);
const char *sandbox_letter(const struct sandbox *sandbox); // "A"
const char *sandbox_words(const struct sandbox *sandbox);  // one sentence, for a grade book

#endif
