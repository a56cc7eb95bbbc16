/*
 * Finds the files below the working directory, for lessons that read many of them.
 */
#ifndef INTERLEAVE_LIB_FILES_H
#define INTERLEAVE_LIB_FILES_H

/*
 * Calls found(path) for every regular file whose name ends in `ending`, in no particular order; its
 * path begins at the working directory, and belongs to found(), which frees it. A link counts as the
 * file that it leads to. Directories behind links are not entered, so no circle is, and what is no
 * regular file, such as a pipe, is never opened. What cannot be read is named on standard error and
 * passed over.
 */
void files_find(const char *ending, void (*found)(char *path));

#endif
