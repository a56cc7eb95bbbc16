// How wide text is on a terminal: letters of East Asian scripts take two columns, marks above others none.
#ifndef INTERLEAVE_WIDTH_H
#define INTERLEAVE_WIDTH_H

#include <stddef.h>

// Of so many bytes of printable UTF-8 (text_add_printable). A tab counts as one blank.
int width_of(const char *text, size_t bytes);

// How many bytes of the text fit into so many columns; no letter is cut in two.
size_t width_fit(const char *text, int columns);

#endif
