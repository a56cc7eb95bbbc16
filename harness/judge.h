// The verdict: the faults that the engines found, against each other and against what was expected.
// How they were found and how they are shown is not known here.
#ifndef INTERLEAVE_JUDGE_H
#define INTERLEAVE_JUDGE_H

#include "engines/engine.h"
#include "program.h"

enum outcome { OUTCOME_CLEAN, OUTCOME_FAULTS, OUTCOME_UNAVAILABLE };
extern const char *const outcome_words[];

struct engine_result {
    const struct engine *engine;
    enum outcome outcome;
    char *reason; // of an unavailable one; of others how often it ran
    double seconds;
    struct faults faults, notes;
    unsigned traits;     // what the program uses (toolchain.h)
    bool beyond;         // unavailable since it does not model what the program uses
    json_t *exploration; // what the explorer covered, or NULL
};

// What a student's file must not have in it, since it could blind the tools or forge what they say: a rule
// of the course, not a fault of the program. Strings are owned.
struct refusal {
    char *file;
    int line; // 0: the file as a whole
    char *name, *message;
    bool if_it_links; // where it does not, the linker's words say it better
};

struct refusals {
    struct refusal *items;
    size_t count;
};

enum verdict_word { VERDICT_CLEAN, VERDICT_FAULTY, VERDICT_UNJUDGED, VERDICT_REFUSED };
extern const char *const verdict_words[];

struct verdict {
    const struct program *program;
    struct engine_result results[ENGINES_MOST];
    size_t result_count;
    struct faults rejected;   // by the compiler; then no engine ran
    struct refusals refusals; // by the gate; then no engine ran
    bool compiled;            // a build at least was made
    // Filled by judge_compare:
    enum verdict_word word;
    struct faults faults, notes;
    bool as_expected;        // of a lesson's program
    struct strings problems; // why not, a sentence each
    size_t unjudged;         // of these: that somebody could not judge
    struct strings unmet;    // of these: about what was not seen, or is seen against lesson.ini
};

// Completes a verdict whose results are in place; moves their faults and notes up into it.
void judge_compare(struct verdict *verdict);
// Whether this is the fault that the program is expected to have, at a marked line.
bool judge_expects(const struct program *program, const struct fault *fault);
// Takes the texts over.
void refusals_add(struct refusals *refusals, struct refusal refusal);
void verdict_free(struct verdict *verdict);

#endif
