// What a lesson's points are given for: six checks, each about some kinds of fault.
#ifndef INTERLEAVE_CHECK_H
#define INTERLEAVE_CHECK_H

#include "../fault.h"

enum check {
    CHECK_BUILDS,
    CHECK_RESULT,
    CHECK_RACE,
    CHECK_PROGRESS,
    CHECK_MEMORY,
    CHECK_MANNERS,
    CHECKS
};

struct check_word {
    const char *name;    // in grading.ini and in the books
    const char *asks;    // what it asks of a program
    fault_set kinds;     // every kind belongs to exactly one check
    const char *engines; // who looks for them, and must have looked: names between blanks
};
extern const struct check_word check_words[CHECKS];

enum check check_named(const char *name); // CHECKS when there is none
enum check check_of(enum fault_kind kind);
// The checks that these kinds belong to, a bit each.
unsigned check_set(fault_set kinds);
// Kinds that end a run: whatever would have come later was not seen.
extern const fault_set check_ends_run;

#endif
