// Runs one child under a keeper and says what it did: how it ended, what it printed (bounded), time,
// peak memory, and, if it was stuck, who waited for whom. Knows nothing of C, compilers or lessons.
#ifndef INTERLEAVE_PROCESS_H
#define INTERLEAVE_PROCESS_H

#include "sandbox/box.h"
#include "text.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

struct process_spec {
    struct strings argv;        // taken over by process_start
    struct strings environment; // "NAME=value", all of it; taken over
    const char *input;          // a file for standard input; NULL: empty
    double seconds;    // of its own time: those in which others had the processors do not count
    uint64_t resident; // bytes in memory, all its processes together; 0: any
    size_t output;     // bytes it may print to each of its two streams; more ends it
    // For programs whose threads are looked at (keeper.h says more):
    const char *executable;
    const char *witness;
    bool watch, unwinds, own_thread, alarms, one_cpu, lock_graph;
    struct box box; // what a stranger's child may touch; its lists are taken over
};

enum process_end {
    PROCESS_EXITED,  // by itself; exit or signal
    PROCESS_TIMEOUT, // it was still alive
    PROCESS_HANG,    // it could never have gone on
    PROCESS_MEMORY,  // above `resident`
    PROCESS_GROWTH,  // above the ceiling of its heap, stated in the witness
    PROCESS_OUTPUT,  // printed too much, or filled the files of its box
    PROCESS_STOPPED, // by process_stop_all
    PROCESS_FAILED,  // could not be started or watched; see error
};

struct process_result {
    enum process_end end;
    char *error;
    int exit_status; // -1 when a signal ended it
    int signal_number;
    double seconds, cpu;
    double own; // seconds, without those in which it would have run, but others had the processors
    uint64_t peak;        // bytes
    struct text out, err; // the first OUTPUT_KEPT bytes of each
    uint64_t out_bytes, err_bytes;
    json_t *report; // what the keeper saw (keeper.h), never NULL
};

enum { OUTPUT_KEPT = 1 << 20 };

typedef void (*process_done)(void *context, struct process_result *result);

// Starts the child; `done` is called from the event loop once it and all it started have ended. The
// result belongs to the caller of `done`'s frame only: what is kept must be copied out of it.
void process_start(uv_loop_t *loop, struct process_spec *spec, process_done done, void *context);

// The command as a line for a shell, with its environment; owned by the caller.
char *process_command(const struct process_spec *spec);

// How the keeper calls its end (keeper.h), which may tell more than enum process_end; "" when it is not known.
const char *process_end_word(const struct process_result *result);

// To be called once, before the first child: what a killed keeper leaves behind becomes our child, and
// is ended.
void process_adopt_orphans(void);

// Ends all children now; each `done` is still called, with PROCESS_STOPPED.
void process_stop_all(void);

// An environment for programs under test: PATH, HOME, LANG and TMPDIR of ours, nothing else.
void process_clean_environment(struct strings *environment);

#endif
