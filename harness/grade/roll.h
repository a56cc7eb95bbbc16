// A finished grading, student by student: the work list with what became of each pair. One student is in
// memory at a time, and one record.
#ifndef INTERLEAVE_ROLL_H
#define INTERLEAVE_ROLL_H

#include "score.h"

#include <stdio.h>

struct pair {
    const struct lesson *lesson;
    struct score score;
    // NULL of a lesson that was not handed in:
    const char *file;       // as it is shown
    const char *submission; // digest of its content; NULL: it could not be taken
    const char *trouble;    // why not
    const json_t *also;     // other files of the same student and lesson, or NULL
    const json_t *record;   // NULL: none
    char *source;           // the file as it was judged, or NULL
};

struct student {
    const char *name, *id;
    size_t number;      // from 0
    long offset;        // of the first line in the work list
    struct pair *pairs; // one for each lesson of the grading
    size_t count;
    hundredths points, of, open; // `of` is what is decided: what is open is not in it
    bool person, unsafe;
    char sandboxes[8]; // the letters under which something was run, such as "AC"
    size_t marks[MARKS];
};

struct roll {
    const char *out;
    const struct course *course;
    const struct scheme *scheme;
    json_t *head; // the first line of the work list
    const struct lesson **lessons;
    size_t lesson_count;
    // private
    FILE *file;
    json_t *next; // a line that was read ahead
    long next_offset;
    size_t line, students;
    json_t *lines[128]; // of the student in hand
    size_t line_count;
    struct student student;
};

// NULL, or what is wrong (owned by the caller). To be closed in any case.
char *roll_open(struct roll *roll, const char *out, const struct course *course,
                const struct scheme *scheme);
void roll_close(struct roll *roll);

// Called for each pair in the order of the lessons, after its record was read; the record is released when it
// returns. student->points and the like are complete only after the last one.
typedef void pair_reader(void *context, const struct student *student, const struct pair *pair);
// The next student, valid until the next call; NULL at the end, or with a problem (owned by the caller).
const struct student *roll_next(struct roll *roll, pair_reader *read, void *context,
                                char **problem);

// What every book says: owned by the caller.
char *roll_sandbox(
    const struct roll *roll); // "Sandbox A: …", and that there was none when there was none
const char *roll_text(const struct roll *roll,
                      const char *key); // of the head, "" when it is not there
bool roll_unsafe(const struct roll *roll);

#endif
