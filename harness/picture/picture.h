// The picture: one HTML file that shows schedules of a program, step by step, with the source beside them.
// It needs nothing but itself. What it shows is gathered from a verdict; the page itself lies in page/.
#ifndef INTERLEAVE_PICTURE_H
#define INTERLEAVE_PICTURE_H

#include "../judge.h"

// What the verdict does not know. Strings are borrowed.
struct picture {
    const char *title;  // "Lesson 7: Lock order"
    const char *replay; // what one would type to see a schedule again, which comes next, in quotes
};

// Whether the verdict has a schedule to be shown.
bool picture_has_schedules(const struct verdict *verdict);
// NULL when a picture may be written there; otherwise why not, with the remedy (owned by the caller). An
// older picture is replaced, any other file is somebody's own.
char *picture_refuse(const char *path);
// Writes the file. NULL, or why it could not be written (owned by the caller).
char *picture_write(const char *path, const struct picture *picture, const struct verdict *verdict);

#endif
