// Students of whom something lies in the folder, and nothing of that was taken: they are in no book, so that
// the summary and the page of the class name them, and the lines of unrecognised.jsonl that say "student".
#ifndef INTERLEAVE_ABSENT_H
#define INTERLEAVE_ABSENT_H

#include "intake.h"

// Something of a student's, or its folder, was not taken. `whose` tells the student from all others, as in
// struct found; `loose`: it lies beside the students' folders, and may be of the one whose folder that is.
void absent_note(struct intake *intake, const char *whose, const char *path, const char *why,
                 bool loose);
// Writes those of whom nothing was taken, once the items are sorted. `own`: who the whole folder is of, if it
// is of one student.
void absent_write(struct intake *intake, const char *own);
void absent_free(struct intake *intake);

// Of a line of unrecognised.jsonl; `student`: of whom nothing was taken; NULL: the line is about a file.
typedef void absent_reader(void *context, const char *student, const char *path, const char *why);
// Reads all lines of an output directory, in order.
void absent_read(const char *out, absent_reader *read, void *context);

#endif
