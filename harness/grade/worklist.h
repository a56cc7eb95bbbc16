// What is to be judged: worklist.jsonl, a first line about the whole grading and then a line for each pair
// of a student and a lesson, sorted (docs/grades.schema.json). Read and written a line at a time.
#ifndef INTERLEAVE_WORKLIST_H
#define INTERLEAVE_WORKLIST_H

#include "intake.h"
#include "stamp.h"

// Writes the worklist of what was found. NULL, or what went wrong (owned by the caller).
char *worklist_write(const char *out, const struct intake *intake, const struct terms *terms,
                     const char *sandbox_says);

struct worklist {
    FILE *file;
    json_t *head;
    char *line;
    size_t room;
};

// NULL, or why there is no worklist that can be read (owned by the caller).
char *worklist_open(struct worklist *worklist, const char *out);
// The next pair, to be released with json_decref; NULL: that was all.
json_t *worklist_next(struct worklist *worklist);
void worklist_close(struct worklist *worklist);
char *worklist_path(const char *out); // owned by the caller

#endif
