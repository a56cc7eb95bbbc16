// A student's file in the place of an exercise, and what the compiler's words mean when it does not keep the
// contract of exercise.h.
#ifndef INTERLEAVE_EXERCISE_H
#define INTERLEAVE_EXERCISE_H

#include "course.h"
#include "judge.h"

// Seeds of the driver under which every exercise is judged unless others are told, a student's own and a grader's
// alike: both get the same verdict.
enum { EXERCISE_SEEDS = 3 };
extern const unsigned exercise_seeds[EXERCISE_SEEDS];

// Puts `file` in the place of the lesson's exercise; it is judged by itself, not against what lesson.ini
// says of the shipped one. NULL, or why it cannot be judged: what, where, remedy (owned by the caller).
char *exercise_place(struct lesson *lesson, const char *file);

// Says of a verdict whose program was rejected what a broken contract is, in place of the compiler's words.
void exercise_explain(const struct lesson *lesson, struct verdict *verdict);

#endif
