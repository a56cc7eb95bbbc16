// What the harness asks of the driver: a file of lines `name value`, named by INTERLEAVE_EXPLORE.
#ifndef INTERLEAVE_SETTINGS_H
#define INTERLEAVE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct settings {
    char report[4096]; // file to write
    char strategy[32]; // a row of strategies[], "auto", "replay", "survey" or "hand"
    char *schedule;    // to replay
    char *moves;       // of a schedule that a person drives, as in "0*4,1,2t"; NULL: none yet
    char *sites;       // accesses that are choices in it, as in "12a0,12c4"
    unsigned build;    // what schedules belong to
    char *expected;    // output, NULL: any
    size_t expected_length;
    bool any_order;       // of its lines
    unsigned preemptions; // at most, for bounded
    uint64_t schedules;   // at most
    double seconds;       // at most
    uint64_t seed;
    unsigned driver_seed; // of an exercise's driver: what INTERLEAVE_SEED says
    bool processor;       // the seconds are those of the processor: other programs do not take any
    unsigned jobs;
    uint64_t steps;     // of one schedule, at most
    unsigned threads;   // alive at once; 0: any
    uint64_t heap;      // bytes alive at once; 0: any
    unsigned repeat;    // times to replay the schedule, to see whether it always goes the same way
    unsigned rarity;    // schedules to measure how rare a fault is
    unsigned samples;   // schedules that were tried, to be shown with their traces
    unsigned output;    // bytes that one schedule may print
    bool reduction;     // leave out what is equivalent
    bool stop_at_fault; // at the first one
    bool shrink;        // what was found, before it is told
    unsigned next;      // by hand: the thread that goes on after the moves
    unsigned way;       // of enum way
    unsigned times;     // operations of it; 0: none
    bool each;          // ask, too, when only one can go on
    bool to_fault;      // the first fault ends the schedule
    bool list;          // tell of every schedule, see listing.h
};

extern struct settings settings;

// NULL, or what is wrong with the file.
const char *settings_read(const char *path);

#endif
