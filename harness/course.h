// The course: which lessons exist, and what each of their programs is expected to show (lesson.ini, and
// the fault markers in the source). Knows nothing of engines beyond their names.
#ifndef INTERLEAVE_COURSE_H
#define INTERLEAVE_COURSE_H

#include "program.h"

struct lesson {
    int number;
    char *slug, *directory; // "07-lock-order"; its path
    char *title, *part, *summary;
    struct program *programs; // in the order of lesson.ini
    size_t program_count;
};

struct course {
    struct lesson *lessons; // by number
    size_t count;
};

// Reads all lessons below `directory`. False when one is wrong; *problem then says what, where (file and
// line) and the remedy; owned by the caller.
bool course_read(struct course *course, const char *directory, char **problem);
void course_free(struct course *course);
struct lesson *course_lesson(struct course *course, int number); // NULL: none

#endif
