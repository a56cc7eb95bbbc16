// The program's source as text: is a file C at all, and what stands on a line?
#ifndef INTERLEAVE_SOURCE_H
#define INTERLEAVE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

// NULL when the file can be given to a C compiler; otherwise why not, in one sentence with the remedy
// (owned by the caller).
char *source_refuse(const char *path);

// Line `number` (from 1) without its newline; NULL when there is none. Owned by the caller.
char *source_line(const char *path, int number);

// The first argument of the blocking call on a line, as it is written there: "from->lock" for
// `pthread_mutex_lock(&from->lock);`. NULL when the line has no such call. Owned by the caller.
char *source_argument(const char *path, int number);

// The memory that the access at that column (from 1) is about, as it is written there: "party->guests" for
// `party->guests++`. NULL when that cannot be told. Owned by the caller.
char *source_accessed(const char *path, int number, int column);

// Offset of the first character that is not blank.
size_t source_indent(const char *line);

#endif
