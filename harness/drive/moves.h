// The moves of a drive as the explorer writes them: "0*4,1,2t" is thread 0 four times, thread 1, and
// thread 2 by its time-out.
#ifndef INTERLEAVE_DRIVE_MOVES_H
#define INTERLEAVE_DRIVE_MOVES_H

// "4 steps: T1 1, main 3", of what `now` has behind `before`, when that is more than one; NULL otherwise.
// Owned by the caller.
char *moves_tell(const char *before, const char *now);

#endif
