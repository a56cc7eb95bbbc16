// Working directories that killed graders have left. Each grader holds a lock in its own, so that a
// directory whose lock is free is nobody's.
#ifndef INTERLEAVE_GRADE_LEFTOVERS_H
#define INTERLEAVE_GRADE_LEFTOVERS_H

// Claims the directory for the rest of this process, and removes those beside it that nobody holds.
void leftovers_remove(const char *work);

#endif
