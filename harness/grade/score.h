// The points of one pair: what its record says, by the scheme.
#ifndef INTERLEAVE_SCORE_H
#define INTERLEAVE_SCORE_H

#include "scheme.h"

#include <jansson.h>

// What became of a lesson in a student's hands.
enum mark {
    MARK_MISSING,   // not handed in
    MARK_UNCHANGED, // the file as it is shipped
    MARK_CORRECT,
    MARK_FAULTY,
    MARK_BROKEN,  // does not build
    MARK_REFUSED, // not run, with the line and the name that are why
    MARK_OPEN,    // could not be judged: no fault of the student's
    MARKS
};

struct mark_word {
    const char *name; // in the books for machines
    const char *says; // for a person
    const char *sign; // one character, for where there is no room
};
extern const struct mark_word mark_words[MARKS];

enum check_state {
    STATE_PASSED,
    STATE_FAILED,
    STATE_HIDDEN, // the program ends, hangs or is not there before it could be seen
    STATE_OPEN,   // nobody could look
    STATES
};
extern const char *const state_words[STATES];

struct check_score {
    enum check_state state;
    bool open; // not decided: these points are neither given nor taken
    hundredths points, of;
};

struct score {
    enum mark mark;
    struct check_score checks[CHECKS];
    hundredths points, of;
    hundredths open;   // of these so many are not decided yet: a person has to
    unsigned withheld; // required checks that are not met, for which the lesson earns nothing
    bool person;       // somebody has to look at it
    bool unsafe;       // strangers' code was run without a sandbox
    char sandbox;      // its letter; '\0': nothing was run
};

// `record` is NULL for what has none: a lesson that was not handed in, or was, but could not be taken.
// NULL, or what is wrong with the record (owned by the caller).
char *score_pair(struct score *score, const struct scheme *scheme, const struct lesson *lesson,
                 const json_t *record, bool handed_in);

#endif
