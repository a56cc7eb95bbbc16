// One schedule, in a process of its own.
#ifndef INTERLEAVE_ATTEMPT_H
#define INTERLEAVE_ATTEMPT_H

#include "channel.h"

#include <stdbool.h>
#include <stddef.h>

// What came of the schedule, besides what it wrote into the channel.
struct attempt {
    enum schedule_end end;
    int signal_number;        // that ended the process without a word
    bool too_long;            // the program was busy, or waited, outside every operation
    enum suspicion suspicion; // then
    uint64_t processor;       // nanoseconds that it used
    const char *output;
    size_t output_length;
    const char *errors; // its standard error
    size_t errors_length;
};

// The files and the mapping that the attempts of this process share. NULL or what failed.
const char *attempt_prepare(void (*start)(void));
// Runs the plan in the channel; `start` is called in the new process and does not return.
void attempt_run(struct attempt *attempt);

#endif
