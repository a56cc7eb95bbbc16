// The terminal as a window: how large it is, and how to show in it what is longer.
#ifndef INTERLEAVE_PAGER_H
#define INTERLEAVE_PAGER_H

#include <stdbool.h>

// Of the terminal that the standard output is. False when it is none, or does not say.
bool pager_screen(int *columns, int *lines);

// Writes the text to the standard output: through $PAGER, or less, if that is a terminal that understands
// escape sequences and has fewer lines than the text. Whoever leaves the pager early has seen enough.
void pager_show(const char *text);

#endif
