// A folder in which the intake looks around, and what it does with what lies there.
#ifndef INTERLEAVE_SPOT_H
#define INTERLEAVE_SPOT_H

#include "intake.h"

struct spot {
    int fd;
    const char *path; // below the folder of all, "" for that itself
    const char *student, *name;
    const struct lesson *lesson; // that its name says, or that is known for all
    bool named;                  // its name, or that of a folder above, says the lesson
    unsigned depth;
    size_t *entries, *remarks; // so far, of this student; NULL: of nobody
    char **first;              // the first remark about this student, or NULL; owned by the caller
};

// Lists what was not recognised: at most 100 lines for a student.
void spot_remark(struct intake *intake, const struct spot *spot, const char *path, const char *why);
// The path of an entry below the folder of all; owned by the caller.
char *spot_below(const struct spot *spot, const char *name);
// A name without the ".c" that it ends in; owned by the caller.
char *spot_stem(const char *file);
// The names of at most so many entries, in the order of their bytes.
struct strings spot_names(int fd, size_t most);
bool spot_is_directory(int fd, const char *name); // and not a link to one
bool spot_is_link(int fd, const char *name);
// The file is a student's for that lesson; `again` as in shapes.h.
void spot_take(struct intake *intake, const struct spot *spot, const char *name,
               const struct lesson *lesson, const char *student, const char *shown, unsigned again);

#endif
