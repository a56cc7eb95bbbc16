// Runs the compiler for one object or one executable of a build, and reads what came of it.
#ifndef INTERLEAVE_COMPILER_H
#define INTERLEAVE_COMPILER_H

#include "process.h"
#include "toolchain.h"

// Starts it; `done` is called from the event loop. `box` says what it may see. argv and the box are taken over.
// With `keep` the command lies beside the output, as OUTPUT.command.
void compiler_run(struct build *build, const char *output, struct strings *argv, struct box *box,
                  process_done done, void *context);

// If `product` was not made, adds to the build's faults where the program was rejected, or says in
// build->unavailable why nothing can be said of it. `what` is "compiling" or "linking".
void compiler_result(struct build *build, const struct process_result *result, const char *what,
                     const char *product);

#endif
