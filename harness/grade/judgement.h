// A verdict about a student's file as it goes into a record: with names of files that its author knows, and
// without what only the instructor may see.
#ifndef INTERLEAVE_JUDGEMENT_H
#define INTERLEAVE_JUDGEMENT_H

#include "../course.h"
#include "../home.h"
#include "../judge.h"

// `exercise` is the path of the judged copy; `private` the number of the instructor's driver, 0: the
// lesson's own. To be released with json_decref.
json_t *judgement_json(const struct lesson *lesson, const struct verdict *verdict,
                       const struct home *home, const char *exercise, unsigned private);

#endif
