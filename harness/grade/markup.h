// Pieces of the HTML pages. What is text goes through markup_text, and nothing else does: no name, message or
// source can become an element.
#ifndef INTERLEAVE_MARKUP_H
#define INTERLEAVE_MARKUP_H

#include "book.h"

// Printable and escaped; NULL adds nothing.
void markup_text(struct text *page, const char *words);
// The same, with what stands between backticks as code.
void markup_prose(struct text *page, const char *words);
// The text on one line, in an element that keeps its direction of writing to itself.
void markup_name(struct text *page, const char *name);
// The head, with the title, up to and with <body>; and that it was unsafe, if it was.
void markup_begin(struct text *page, const struct desk *desk, const char *title, bool wide,
                  bool unsafe);
// How it was judged, and the end.
void markup_end(struct text *page, const struct desk *desk);
// A bar of which so much is filled; `kind` is a class of style.css.
void markup_bar(struct text *page, long part, long whole, const char *kind);
// The sign of a mark in its colours; what it says is read out.
void markup_mark(struct text *page, enum mark mark);
void markup_points(struct text *page, hundredths points);
// The file of a student's page: owned by the caller.
char *markup_page_of(const char *id);

// The student's lines that take part in the fault, with those around them, and what each thread does there.
// Nothing when the source is not there.
void markup_excerpt(struct text *page, const struct pair *pair, const struct fault *fault);
// The schedule step by step, a column for each thread.
void markup_trace(struct text *page, const struct pair *pair, const json_t *exploration);

#endif
