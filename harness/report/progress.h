// The line that shows, on a terminal, that tools are running.
#ifndef INTERLEAVE_PROGRESS_H
#define INTERLEAVE_PROGRESS_H

#include "../judge.h"

// For struct journey. Writes to standard error, and only when that is a terminal.
void progress_show(void *context, const struct verdict *verdict, const char *doing, size_t done,
                   size_t all);
void progress_clear(void);

#endif
