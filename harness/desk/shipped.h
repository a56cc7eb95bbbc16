// The exercise as it was shipped: solutions/NN-slug/shipped.c. A student's repository may have no history,
// or one that holds the student's own file, so the text is kept beside the reference.
#ifndef INTERLEAVE_SHIPPED_H
#define INTERLEAVE_SHIPPED_H

#include "../course.h"

// Paths, owned by the caller.
char *shipped_path(const struct lesson *lesson);
const char *shipped_exercise(const struct lesson *lesson); // the student's file; borrowed

// Whether the digest is that of the shipped text.
bool shipped_is(const struct lesson *lesson, const char *digest);

// Puts the shipped text in the student's file. What was there is kept beside it, under a name that was free:
// *kept is its path (owned by the caller), or NULL when there was nothing to keep; *changed is false when
// the file was as shipped. NULL, or why not (owned by the caller).
char *shipped_reset(const struct lesson *lesson, char **kept, bool *changed);

#endif
