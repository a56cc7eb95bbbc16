// How a driven run came out, and what is said about that.
#ifndef INTERLEAVE_DRIVE_ENDING_H
#define INTERLEAVE_DRIVE_ENDING_H

#include "drive.h"
#include "screen.h"

enum ending {
    ENDING_NONE,    // it goes on
    ENDING_REACHED, // the fault that was wanted
    ENDING_OTHER,   // it failed in another way
    ENDING_FINE,    // it ended without a fault
    ENDING_CUT,     // it was too long
};

// `past_faults`: a person has gone on after a fault, so without a challenge only the end tells.
enum ending ending_of(const struct ride *ride, const struct position *position, bool past_faults);
// What came of it: the fault, what was printed, and how to see the schedule again.
void ending_say(const struct ride *ride, const struct screen *screen,
                const struct position *position, enum ending ending);
// The schedule, and the commands that take it.
void ending_say_schedule(const struct ride *ride, const struct screen *screen, const char *word);
void ending_say_output(const struct screen *screen, const char *output);

#endif
