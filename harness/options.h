// The command line, read by argp. `interleave COMMAND --help` explains each command.
#ifndef INTERLEAVE_OPTIONS_H
#define INTERLEAVE_OPTIONS_H

#include "engines/engine.h"
#include "report/paint.h"
#include "report/report.h"

enum { LESSONS_MOST = 100 }; // numbers have two digits
enum { SEEDS_MOST = 64 };

// Of `grade` alone. Strings are borrowed.
struct grade_options {
    const char *out, *private, *config;
    bool lessons[LESSONS_MOST]; // by number, those that are wanted
    unsigned lesson_count;
    int lesson; // the only one of them; 0: several, or none, which means all
    unsigned shard, shards;
    bool resume, plan, gather, unsafe;
    struct strings from; // output directories of shards
};

struct options {
    struct strings operands; // lesson numbers or files
    const struct format *format;
    const struct engine *engines[ENGINES_MOST];
    size_t engine_count;
    unsigned jobs;
    double seconds; // of a native run; 0: the default
    const char *keep, *lessons;
    bool fresh;
    bool sandbox;               // run, exercise: the file is a stranger's
    int width;                  // columns; 0: those of the terminal
    unsigned fault;             // which one, from 1; 0: the first
    bool unfold;                // all steps of a trace
    enum colour_when colour;    // --color
    bool force;                 // solution: before it is solved
    bool poll;                  // watch: without inotify
    bool no_gate;               // run what the gate would refuse
    unsigned seeds[SEEDS_MOST]; // of drivers
    size_t seed_count;
    struct strings cflags, libs, arguments;
    const char *input, *expect;
    const char *output;             // of picture; NULL: the usual file
    struct exploration exploration; // its budget is 0 when none is given
    struct grade_options grade;
};

// Reads the options of a command; argv[0] is its full name. On a wrong use it explains and ends the
// process with status 2, as argp does.
void options_read(struct options *options, int argc, char **argv, const char *operands,
                  const char *about);
void options_free(struct options *options);

#endif
