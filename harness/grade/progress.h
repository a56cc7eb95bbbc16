// How far a grading is: one line that renews itself on a terminal, a line now and then elsewhere.
#ifndef INTERLEAVE_GRADE_PROGRESS_H
#define INTERLEAVE_GRADE_PROGRESS_H

#include "conductor.h"

void progress_grading(const struct grading *grading);
// Takes the line off the terminal.
void progress_grading_end(const struct grading *grading);

#endif
