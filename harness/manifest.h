// A lesson's lesson.ini: which programs it has, and what each is expected to show.
#ifndef INTERLEAVE_MANIFEST_H
#define INTERLEAVE_MANIFEST_H

#include "course.h"

// Fills the lesson, whose directory is known, from its lesson.ini and the fault markers in the sources.
// False when something is wrong; *problem then says what, where (file and line) and the remedy; owned by the
// caller.
bool manifest_read(struct lesson *lesson, char **problem);

#endif
