// What the names of folders and files say: which lesson a file is for, and whose it is, in the shapes that
// learning platforms give their downloads. Only names are looked at here, never files.
#ifndef INTERLEAVE_SHAPES_H
#define INTERLEAVE_SHAPES_H

#include "../course.h"

// The lesson with an exercise that a name is for: "07-lock-order", "lock-order", "07", "lesson-7",
// "exercise_7", whatever its capitals. NULL: none.
const struct lesson *shapes_lesson(const struct course *course, const char *name);
// The lesson whose slug it is exactly; NULL: none.
const struct lesson *shapes_slug(const struct course *course, const char *name);

// One file of a download, or one folder of it.
struct handed_in {
    char *student;  // what tells this student from all others, as bytes: "Ann Lee_4711"
    char *name;     // what to show for it: "Ann Lee"
    char *file;     // what the student called the file; NULL: of a folder
    unsigned again; // 0 the first time, then counted by the platform
    bool is_text;   // typed into a form of the platform, not a file
};

// "leeann_LATE_12345_67890_exercise-1.c". False: it is something else.
bool shapes_canvas(const char *name, struct handed_in *handed);
// "Ann Lee_4711_assignsubmission_file_", with the file behind it when the download has no folders.
bool shapes_moodle(const char *name, struct handed_in *handed);
void handed_in_free(struct handed_in *handed);

// Where the count of a hand-in begins in "exercise-1" (at its dash), and that count; otherwise NULL.
const char *shapes_again(const char *stem, unsigned *again);

// Folders in which nothing is looked for.
bool shapes_ignores(const char *name);
// Folders of the course itself, which lie beside `lessons` in a student's repository.
bool shapes_course_folder(const char *name);

#endif
