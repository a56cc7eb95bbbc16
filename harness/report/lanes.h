// The threads of a trace as lanes, and which of them get a column of their own on a page of some width.
#ifndef INTERLEAVE_LANES_H
#define INTERLEAVE_LANES_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum lane_state { UNBORN, RUNS, WAITS, ENDED };

struct lane {
    char *name;
    size_t steps;
    bool at_fault;
    bool own;      // column
    size_t column; // from 0; of those without their own, the last one
    enum lane_state state;
};

struct lanes {
    struct lane *items; // main, T1, T2 …
    size_t count;
    size_t columns; // the shared one included
    bool shared;    // the last column
    int width;      // of a column
    int source_at;  // where the source stands beside the columns; 0: nowhere
};

enum { LANES_MARGIN = 2 }; // columns of the terminal before the first one

// Of the threads that have a step which is shown. To be released by lanes_free.
void lanes_find(struct lanes *lanes, const json_t *trace, const bool *shown, int width);
void lanes_free(struct lanes *lanes);
struct lane *lanes_named(const struct lanes *lanes, const char *name); // NULL: none

// "main, T3 to T7": those that share a column; owned by the caller.
char *lanes_shared(const struct lanes *lanes);

#endif
