// What lies in the folder of one student.
#ifndef INTERLEAVE_STUDENT_H
#define INTERLEAVE_STUDENT_H

#include "spot.h"

// The lesson that a file with this name is handed in for, or NULL; `alone`: it is the only C file there.
const struct lesson *student_lesson(const struct intake *intake, const struct spot *spot,
                                    const char *name, bool alone, unsigned *again);
// Lists it as not recognised, unless it is of no interest.
void student_refuse(struct intake *intake, const struct spot *spot, const char *name);
// Takes what is for a lesson, here and in the folders below.
void student_read(struct intake *intake, const struct spot *spot);

#endif
