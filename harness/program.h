// One program to be judged: its source, how to start it, and what is expected of it when anything is.
#ifndef INTERLEAVE_PROGRAM_H
#define INTERLEAVE_PROGRAM_H

#include "fault.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

enum { ENGINES_MOST = 8 };

enum sight {
    SIGHT_UNSTATED,
    SIGHT_MUST,   // must name a marked line
    SIGHT_MAY,    // depends on the schedule
    SIGHT_BLIND,  // cannot see it; seeing it fails the check
    SIGHT_BEYOND, // models too little to judge the program at all; judging it fails the check
};

// What lesson.ini and the fault markers say of a program.
struct expectation {
    fault_set kinds;   // 0: the program is correct
    fault_set shipped; // of an exercise that is judged by itself: what the shipped file has
    char *kinds_from;  // "lesson.ini:12", for messages
    bool compiler;     // must reject the program; then no engine can run it
    enum sight sight[ENGINES_MOST];
    char *reason[ENGINES_MOST]; // why it is blind, or the program beyond it
    struct marker {
        char *file;
        int line;
        fault_set kinds;
    } * markers;
    size_t marker_count;
};

struct lesson;

// How the explorer works. Strings are borrowed.
struct exploration {
    const char *strategy; // NULL: auto
    const char
        *by_hand; // more lines of the explorer's settings, for a schedule that a person drives
    const char *schedule; // to be replayed
    int preemptions;      // at most, for the bounded strategy
    uint64_t schedules;   // at most
    double budget;        // seconds
    uint64_t seed;
    unsigned driver_seed; // of a schedule that a person drives; 0: as the schedule or the run says
    unsigned jobs;        // processes at once
    unsigned samples;     // schedules of those tried to be shown with their traces, 24 at most
};
extern const struct exploration exploration_usual; // within a lesson, check or run

struct program {
    char *name;
    struct strings sources;
    struct strings cflags, libs, arguments;
    struct strings calls;  // of an exercise: functions it may use beside those that all may (gate/)
    char *input;           // a file for standard input, NULL: empty
    char *expected_output; // NULL: any
    size_t expected_length;
    bool any_order;        // of the lines
    double seconds;        // allowed on a native run
    uint64_t heap_ceiling; // live heap bytes; 0: the default
    unsigned threads;      // alive at once, at most; 0: any number
    unsigned runs, tries;  // 0: the engine's own
    const unsigned *seeds; // of the driver and the explorer, in order; borrowed
    size_t seed_count;     // 0: the number of the run is the seed
    struct exploration exploration;
    const struct lesson *lesson; // judged against `expectation`, as it says; NULL: any program
    bool exercise;               // with the driver of a lesson
    char *contract;              // of an exercise: the directory of its exercise.h
    struct expectation expectation;
};

void program_free(struct program *program);

#endif
