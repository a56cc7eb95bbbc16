// A report as a list of remarks, each at a line: for formats that mark lines of the source.
#ifndef INTERLEAVE_REMARK_H
#define INTERLEAVE_REMARK_H

#include "report.h"

enum remark_about {
    REMARK_FAULT,
    REMARK_EXPECTED, // a fault that lesson.ini and the marks declare
    REMARK_REFUTED,  // a report that is no fault, with the reason
    REMARK_REFUSED,  // what the gate does not let through; nothing ran
    REMARK_UNJUDGED, // an engine could not look
    REMARK_BEYOND,   // the program uses what this engine does not model; the others have judged
    REMARK_UNMET,    // a lesson does not behave as lesson.ini says
    REMARK_ABOUTS
};

enum remark_level { REMARK_ERROR, REMARK_WARNING, REMARK_NOTE };

struct remark {
    enum remark_about about;
    enum remark_level level;
    const char *rule;           // the kind of the fault, or what else it is about; not owned
    const struct fault *fault;  // NULL: it is about none
    const struct fault *traced; // the same fault as the explorer tells it, or NULL
    char *engines;              // "tsan and helgrind"; of REMARK_UNMET empty
    char *message;              // of printable characters, on one line
    char *file;                 // as report_path gives it
    int line;                   // 0: the file as a whole
    int column;                 // where code begins on the line; 1 when it is not known
};

struct remarks {
    struct remark *items;
    size_t count;
};

extern const char remark_unjudged[], remark_unmet[],
    remark_refused[]; // rules that are no kinds of fault

// The order is that of the programs. Faults are borrowed from the report.
void remarks_read(struct remarks *remarks, const struct report *report);
void remarks_free(struct remarks *remarks);

// Lists the other lines that take part in a fault: index counts its places, from 0. False: this one is the
// remark's own, or shown already. The strings are owned by the caller.
bool remark_other_place(const struct remark *remark, size_t index, char **file, char **says);
// The column where code begins on the line; 1 when that is not known.
int remark_column(const char *file, int line);

#endif
