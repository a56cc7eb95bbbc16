// The watch of the keeper (keeper.c) over the program: how it looks at it, and what must end it.
#ifndef INTERLEAVE_KEEPING_H
#define INTERLEAVE_KEEPING_H

#include "keeper.h"
#include "observe.h"
#include "text.h"

#include <poll.h>
#include <sys/resource.h>

struct keeper {
    json_t *spec;
    const json_t *box; // NULL: none
    int told[2];       // descriptors that say when to stop: signals, and the leash or -1
    const char *executable, *witness_path, *input;
    char **argv; // of the program
    pid_t child;
    struct strings sources; // of the program, in a box
    struct witness *witness;
    uint64_t output_pipes[2];
    double started;
    double looked;   // the last time
    double busy;     // seconds of the processor that its processes had used then
    double own_time; // see take_time
    uint64_t peak;
    bool child_ended;
    bool crash_seen;
    int status;
    struct rusage usage;
    const char *end;
    json_t *report;
};

double keeping_now(void); // seconds, of a clock that only goes on
// Whether the order (keeper.h) says so.
bool keeping_flag(const struct keeper *keeper, const char *key);
// Waits for a word of the harness, for `also` (or NULL), or until the time is over; -1: for ever.
void keeping_await(const struct keeper *keeper, int milliseconds, struct pollfd *also);
// What looks at the program; to be freed by the caller.
struct observer *keeping_observer(const struct keeper *keeper);
// Until the program has ended, or `end` says why it must.
void keeping_watch(struct keeper *keeper);
// Takes note of what has ended, or stopped itself.
void keeping_reap(struct keeper *keeper);
bool keeping_heap_grown(const struct keeper *keeper); // above its ceiling
double keeping_seconds_of_ended(void);                // of the processor, by all that were reaped

#endif
