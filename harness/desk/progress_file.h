// What a student has reached, in one small file that outlives builds and clean-ups: `progress.json` in
// home->desk. It is changed under a lock and replaced whole, so that two processes lose nothing of each
// other, and a reader never sees half.
//
//   {"version": 1, "exercises": {"07-lock-order": {
//       "judged": [DIGEST…],                            each content that was an attempt, once
//       "solved": {"attempt": 3, "digest": DIGEST},     when first solved; absent before
//       "hints": 2}}}                                   shown so far
//
// A progress that cannot be kept hinders nobody: where a function below returns a sentence, it says so, is
// owned by the caller, and all else went on.
#ifndef INTERLEAVE_PROGRESS_FILE_H
#define INTERLEAVE_PROGRESS_FILE_H

#include "../course.h"
#include "../home.h"

#include <jansson.h>

struct progress {
    json_t *exercises; // as above
};

struct standing {
    size_t attempts;    // different contents that were judged
    size_t solved_at;   // which of them was the first solved one; 0: none yet
    const char *digest; // of its content; borrowed from the progress
    size_t hints;       // shown so far
};

// Never fails: what cannot be read is empty. A damaged file is kept aside first.
char *progress_read(const struct home *home, struct progress *progress);
struct standing progress_of(const struct progress *progress, const struct lesson *lesson);
void progress_free(struct progress *progress);

// A content was judged.
char *progress_note_attempt(const struct home *home, const struct lesson *lesson,
                            const char *digest, bool solved);
// Hint number `hint` was shown.
char *progress_note_hint(const struct home *home, const struct lesson *lesson, size_t hint);

// The first lesson behind `lesson`, then from the beginning, whose exercise is not solved; NULL: none.
const struct lesson *progress_next(const struct progress *progress, const struct course *course,
                                   const struct lesson *lesson);

#endif
