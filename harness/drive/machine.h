// The program that is driven: built once, and run from its start for every question.
#ifndef INTERLEAVE_MACHINE_H
#define INTERLEAVE_MACHINE_H

#include "../home.h"
#include "../program.h"

struct machine;

// Both are borrowed. Nothing is built yet.
struct machine *machine_new(const struct home *home, struct program *program, unsigned jobs);
void machine_free(struct machine *machine);

// Builds it, and finds out which accesses race, since those are choices too. NULL, or why it cannot be
// driven: what, where, remedy (owned by the caller).
char *machine_build(struct machine *machine);

// What is to be run. Strings are borrowed.
struct drive {
    const char *schedule; // a word, in place of all below; NULL: none
    const char *moves;    // made so far, as a position gives them
    int next;             // the thread that moves then; -1: none
    char way;             // 't' by its time-out, 's' without a cause, 0 as usual
    unsigned times;       // its operations, as long as it can go on
    bool each;            // ask, too, when only one thread can go on
    bool past_faults;     // go on after a fault that does not end the program by itself
};

// Where it stands then. To be released by position_free.
struct position {
    json_t *state;        // engines/driven.h
    struct faults faults; // of this run
};
void position_free(struct position *position);

// NULL, or why it cannot be told (owned by the caller).
char *machine_run(struct machine *machine, const struct drive *drive, struct position *position);

// The signal that stopped the last build or run; 0: none.
int machine_stopped_by(const struct machine *machine);

#endif
