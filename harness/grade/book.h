// A book: one way to write down what a grading has found. Adding one is a row in `books` (books.c) and a
// file.
#ifndef INTERLEAVE_BOOK_H
#define INTERLEAVE_BOOK_H

#include "losses.h"

#include <stdio.h>

// Where a book is written, and what it may say of the whole.
struct desk {
    const struct roll *roll;
    char *directory; // where all books are put together before they take the place of the old ones
    char *scheme;    // the scheme in a line
    char *sandbox;   // the sandbox in a sentence
    char *problem;   // the first thing that went wrong; then nothing more is written
};

struct book {
    const char
        *name; // of the file or directory, in the output directory; NULL: within another book's
    bool for_student; // who must learn nothing of private drivers
    // `state` is what `open` returns; every function may set desk->problem by desk_fail. NULL: nothing to do.
    void *(*open)(struct desk *desk);
    void (*begin)(struct desk *desk, void *state, const struct student *student);
    void (*pair)(struct desk *desk, void *state, const struct student *student,
                 const struct pair *pair, const struct losses *losses);
    void (*end)(struct desk *desk, void *state, const struct student *student);
    void (*close)(struct desk *desk, void *state); // also after a problem: releases the state
};

extern const struct book book_csv, book_json, book_junit, book_sarif, book_gradescope,
    book_classroom, book_github, book_html_student, book_html_class;

// Takes the sentence over.
void desk_fail(struct desk *desk, char *sentence);
// A file of a book, below the desk's directory; NULL with a problem.
FILE *desk_open(struct desk *desk, const char *name);
// Closes it; a disk that is full, or the like, is a problem.
void desk_close(struct desk *desk, FILE *file, const char *name);
// What is gathered in one order and written in another: a file without a name. NULL with a problem.
FILE *desk_spill(struct desk *desk);
void desk_pour(struct desk *desk, FILE *spill, FILE *out); // all of it
void desk_drop(FILE *spill);                               // NULL is fine
// The whole of a file at once.
void desk_write(struct desk *desk, const char *name, const char *bytes, size_t length);

#endif
