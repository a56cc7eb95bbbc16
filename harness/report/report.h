// Verdicts, for a person or for a machine. Nothing here knows how they were reached.
#ifndef INTERLEAVE_REPORT_H
#define INTERLEAVE_REPORT_H

#include "../course.h"
#include "../judge.h"

#include <stdio.h>

enum report_about {
    REPORT_RUN,
    REPORT_LESSON,
    REPORT_CHECK,
    REPORT_EXPLORE,
    REPORT_EXERCISE,
    REPORT_EXPLAIN
};

struct report {
    enum report_about about;
    const struct lesson *lesson; // of REPORT_LESSON
    const struct verdict *verdicts;
    size_t count;
    bool kept; // the evidence was kept
};

// A way to write a report. Adding one is a row in `formats` (report.c) and a file.
struct format {
    const char *name;
    void (*write)(FILE *out, const struct report *report);
    void (*list)(FILE *out, const struct course *course); // which lessons there are; NULL: cannot
    bool lessons_only;                                    // of verdicts it writes REPORT_CHECK only
};

extern const struct format formats[];
extern const size_t format_count;

const struct format *format_named(const char *name); // NULL: none
char *format_names(void);                            // "a, b and c", owned by the caller

void report_terminal(FILE *out, const struct report *report);
void report_json(FILE *out, const struct report *report);
// One program of it; to be released with json_decref.
json_t *report_program_json(const struct verdict *verdict);
void report_tap(FILE *out, const struct report *report);
void report_events(FILE *out, const struct report *report);
void report_markdown(FILE *out, const struct report *report);
void report_gcc(FILE *out, const struct report *report);
void report_github(FILE *out, const struct report *report);
void report_sarif(FILE *out, const struct report *report);
void list_terminal(FILE *out, const struct course *course);
void list_markdown(FILE *out, const struct course *course);

// The compiler rejected the program: no engine ran.
bool report_rejected(const struct verdict *verdict);

// 0 fine, 1 faults (or a lesson that does not behave), 2 could not be judged.
int report_status(const struct report *report);

// A file's path as a reader here would type it: relative to the working directory when it is below.
// Owned by the caller.
char *report_path(const char *path);

// The files of a program, its flags, libraries and arguments, as words of a command.
void report_add_files(struct text *command, const struct program *program);
// What one would type to have `command` look at the same program, "build/interleave replay a.c --libs '-lm'".
// Owned by the caller.
char *report_program(const struct report *report, const struct program *program,
                     const char *command);

#endif
