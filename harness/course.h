// The course: which lessons exist, and what each of their programs is expected to show (lesson.ini, and
// the fault markers in the source). Knows nothing of engines beyond their names.
#ifndef INTERLEAVE_COURSE_H
#define INTERLEAVE_COURSE_H

#include "program.h"

enum { HINTS = 3 };

// What a person who drives the lesson's broken program is to bring about.
struct challenge {
    char *goal;      // "make it deadlock: …"
    fault_set kinds; // one of these is it; 0: there is no challenge
    char *in;        // a function that has a part in it; NULL: any
    int line;        // of lesson.ini, where it begins; 0: nothing is said
    char *none;      // why there is no challenge; NULL: there is one, or nothing is said
};

struct lesson {
    int number;
    char *slug, *directory; // "07-lock-order"; its path
    char *title, *part, *summary;
    struct program *programs; // in the order of lesson.ini
    size_t program_count;
    // The exercise as it is shipped, and the reference in its place; both with the driver. NULL: none.
    struct program *exercise, *solution;
    struct challenge challenge;
    char *hints[HINTS]; // from a nudge to nearly the answer; NULL: not written
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
