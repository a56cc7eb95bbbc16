// How many points a lesson is worth, and for what: grading.ini, or the usual scheme.
#ifndef INTERLEAVE_SCHEME_H
#define INTERLEAVE_SCHEME_H

#include "../course.h"
#include "check.h"

#include <jansson.h>
#include <stdio.h>

enum { LESSON_NUMBERS = 100 }; // their numbers have two digits

// Points are counted in hundredths, so that parts always add up to their whole.
typedef long hundredths;
#define POINT 100L

struct scheme_lesson {
    int number;
    hundredths points;          // -1: as [points] says
    hundredths weights[CHECKS]; // the same
    int line;                   // of its section
};

struct scheme {
    char *source;                // "grading.ini (…digest)", or "the usual scheme"
    hundredths lesson;           // what a lesson is worth
    hundredths weights[CHECKS];  // the shares of the checks
    unsigned required;           // checks without which a lesson earns nothing, a bit each
    bool chosen[LESSON_NUMBERS]; // by its number: the lessons that count
    bool chooses;                // or else all that anybody has handed in
    bool repair;                 // so are those that the exercise fails as it is shipped
    struct scheme_lesson *lessons;
    size_t lesson_count;
};

// grading.ini, or the usual scheme when path is NULL. NULL, or file:line, what, remedy (owned by the caller);
// the scheme is to be freed in any case.
char *scheme_read(struct scheme *scheme, const char *path, const struct course *course);
void scheme_free(struct scheme *scheme);
// The usual scheme as a commented grading.ini.
void scheme_print(FILE *out);

// What the lesson is worth, and each of its checks; these add up to it.
hundredths scheme_points(const struct scheme *scheme, int lesson, hundredths parts[CHECKS]);
// The checks without which the lesson earns nothing.
unsigned scheme_required(const struct scheme *scheme, const struct lesson *lesson);
// Whether a lesson counts, by its entry in the head of a work list: those that the scheme chooses, or else those that
// were asked for or that somebody has handed in.
bool scheme_counts(const struct scheme *scheme, const json_t *lesson);
// One line that says it: "10 points a lesson (builds 1, result 2, …); …". Owned by the caller.
char *scheme_words(const struct scheme *scheme);
// "7" or "7.25"; owned by the caller.
char *points_words(hundredths points);

#endif
