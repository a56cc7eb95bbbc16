// Text with colours, as rows of a screen.
#ifndef INTERLEAVE_ROWS_H
#define INTERLEAVE_ROWS_H

#include "../text.h"

// Adds the text to the rows, none of which is wider than `columns`; what is too long goes on in the next row. Colours
// stay, unless they are not wanted; whatever else would command a terminal is left out.
void rows_add(struct strings *rows, const char *text, int columns, bool colour);

#endif
