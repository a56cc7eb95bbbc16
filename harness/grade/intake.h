// Finds what students have handed in below a folder, whatever platform made that folder, and reads each
// file once. Nothing is written there, no link is followed, and only regular files are opened.
//
// Shapes: STUDENT/NN-slug/exercise.c, STUDENT/NN-slug.c, a repository STUDENT/…/lessons/NN-slug/exercise.c,
// downloads of Canvas and Moodle, and, where the lesson is known, STUDENT.c. The lesson is known by
// --lesson, or by a folder that has the name of its directory.
#ifndef INTERLEAVE_INTAKE_H
#define INTERLEAVE_INTAKE_H

#include "../course.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

enum { SUBMISSION_LARGEST = 1 << 20 }; // bytes of a file that is judged

// A file that a student has handed in for a lesson.
struct found {
    char *student; // tells it from all others, as bytes
    char *name;    // to be shown, as bytes
    const struct lesson *lesson;
    char *path;    // below the folder, as bytes
    char *digest;  // of its content, which was kept in the output directory; NULL: there is trouble
    char *trouble; // why it could not be taken, and the remedy
    bool as_shipped; // the student has not changed it
    unsigned again;
    struct timespec changed;
};

struct intake {
    const struct course *course;
    const struct lesson *lesson; // of files that do not say theirs; NULL: not known
    const bool *only;            // by number, the lessons that are wanted; NULL: all
    const char *folder, *out;
    struct found
        *items;         // after intake_read by student, then lesson; of one student's several files
    size_t count;       // for one lesson the one to be judged is first
    FILE *unrecognised; // a JSON object a line
    size_t unrecognised_count;
    struct absent *absent; // of whom something was not taken (absent.h)
    size_t absent_count;
    char *problem; // that ended the intake
};

// Fills items. `unrecognised` is open. NULL, or what went wrong (owned by the caller).
char *intake_read(struct intake *intake);
void intake_free(struct intake *intake);
bool intake_wants(const struct intake *intake, const struct lesson *lesson);
// Whether two files are of the same student and lesson.
bool intake_same(const struct found *a, const struct found *b);
extern const char intake_shapes[]; // a sentence: which shapes are understood

#endif
