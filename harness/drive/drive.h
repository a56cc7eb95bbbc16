// A person is the scheduler: shows what every thread is about to do, asks which one moves, and goes on
// until the program fails, or ends. Reads lines from standard input and writes to standard output, so it
// can be typed, piped and tested.
#ifndef INTERLEAVE_DRIVE_H
#define INTERLEAVE_DRIVE_H

#include "../course.h"

struct ride {
    const struct home *home;
    struct program *program;
    const struct challenge *challenge; // NULL: any fault is one
    const char *goal;                  // said above all, as one sentence; NULL: nothing
    const char *again;                 // the command that begins it, for the reader
    const char *schedule;              // where to begin; NULL: at the start
    unsigned jobs;
};

// Returns the exit status: 0 when the fault came or the person has had enough. Otherwise sets the problem
// (owned by the caller), or returns 128 and the signal that ended it.
int drive_run(const struct ride *ride, char **problem);

#endif
