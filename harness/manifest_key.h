// The keys by which a lesson.ini describes a program. Adding one is a row in `program_keys` and a function.
#ifndef INTERLEAVE_MANIFEST_KEY_H
#define INTERLEAVE_MANIFEST_KEY_H

#include "course.h"

// Where the key stands, for messages and for paths.
struct manifest_line {
    const struct lesson *lesson;
    const char *path; // of the lesson.ini
    int line;
};

// Reads one key into the program. NULL, or what is wrong with it, owned by the caller.
char *manifest_key(const struct manifest_line *at, struct program *program, const char *key,
                   const char *value);

// The same for a key of the section [drive].
char *manifest_drive_key(struct lesson *lesson, int line, const char *key, const char *value);

// A value that goes on in an indented line comes as a second value of the same key.
void manifest_continue(char **text, const char *more);

#endif
