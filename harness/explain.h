// What a fault means to the person who has to repair it: how such faults are usually repaired, which lesson
// teaches it, what the facts of this one suggest, and why some engines do not report it.
#ifndef INTERLEAVE_EXPLAIN_H
#define INTERLEAVE_EXPLAIN_H

#include "judge.h"

struct explanation {
    const char *repair; // one to three sentences
    int lesson;         // the number of the one that teaches it; 0: none has such a fault
};
extern const struct explanation explanations[FAULT_KINDS]; // what it means: fault_words

// {"meaning","repair","lesson"}, the last one null when there is none.
json_t *explain_json(enum fault_kind kind);

// What the facts of this fault suggest, in its own names; NULL: nothing more than the usual. Owned by the
// caller.
char *explain_here(const struct fault *fault);

// Why an engine of the verdict does not report this fault, which others do: a sentence, owned by the caller.
char *explain_silence(const struct verdict *verdict, const struct engine_result *result,
                      const struct fault *fault);

#endif
