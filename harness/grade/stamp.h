// What a verdict depends on besides the submission: the lesson's files, further drivers and seeds, the
// harness, the tools, the sandbox. Equal stamps and equal submissions get equal verdicts.
#ifndef INTERLEAVE_STAMP_H
#define INTERLEAVE_STAMP_H

#include "../course.h"
#include "../home.h"

struct terms {
    const struct home *home;
    const char *sandbox; // its letter
    bool unsafe;         // --unsafe-no-sandbox
    unsigned *seeds;
    size_t seed_count;
    const char *private; // the instructor's directory; NULL: none
};

// Fingerprint of the harness and the tools; owned by the caller.
char *stamp_harness(const struct home *home);
// Fingerprint of all that the verdicts of a lesson depend on. `harness` is that of stamp_harness. Owned by
// the caller.
char *stamp_lesson(const struct terms *terms, const char *harness, const struct lesson *lesson);
// The key of a pair; owned by the caller.
char *stamp_key(const char *lesson_stamp, const char *submission);

// The further drivers of a lesson, in the order of their names.
void stamp_private(const struct terms *terms, const struct lesson *lesson, struct strings *drivers);

#endif
