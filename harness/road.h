// The one road: program, build, engines, faults, judge. Many programs travel it at once.
#ifndef INTERLEAVE_ROAD_H
#define INTERLEAVE_ROAD_H

#include "home.h"
#include "judge.h"
#include "sandbox/sandbox.h"

struct journey {
    const struct home *home;
    const struct engine *engines[ENGINES_MOST];
    size_t engine_count;
    unsigned jobs;
    bool keep;          // leave the evidence in home->work
    bool fresh;         // do not use verdicts of earlier journeys
    bool alone;         // leave no verdict for later journeys either
    const char *secret; // of all drivers, 32 hexadecimal digits; NULL: drawn for each program
    const char
        *objects; // a directory where objects of drivers and libraries are kept; NULL: nowhere
    // Strangers' sources are compiled, linked and run in it; NULL: the programs are trusted.
    const struct sandbox *sandbox;
    bool gate; // look at students' files first, and run none that is refused
    // Called when something has changed worth showing; may be NULL.
    void (*progress)(void *context, const struct verdict *verdict, const char *doing, size_t done,
                     size_t all);
    // Called when an engine has judged a program that compiles; may be NULL. The verdict holds what is known
    // so far, not yet compared: a result with a reason is in. `certain`: no engine can refute its fault.
    void (*judged)(void *context, const struct verdict *verdict, const struct engine_result *result,
                   bool certain);
    void *context;
    // Called once for each program that the compiler accepts, before it runs; may be NULL.
    void (*compiled)(const struct program *program);
};

// Judges all programs; verdicts[i] is that of programs[i]. Returns 0, or the number of the signal that
// stopped it (the verdicts are then worth nothing). Everything it started has ended when it returns.
int road_travel(const struct journey *journey, struct program *programs, size_t count,
                struct verdict *verdicts);

#endif
