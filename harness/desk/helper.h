// A command that runs beside the watch, mostly `interleave` itself: its output is gathered, and it can be ended at any
// time.
#ifndef INTERLEAVE_HELPER_H
#define INTERLEAVE_HELPER_H

#include "../text.h"

#include <uv.h>

struct helper;

struct helper_calls {
    // For each whole line of standard output, without its end; may be NULL.
    void (*line)(void *context, const char *line);
    // It has ended. The texts are valid during the call; a command that cannot be started says why in `err`.
    void (*ended)(void *context, int status, const char *out, const char *err);
    void *context;
};

// Takes argv over. It is valid until `ended` has been called.
struct helper *helper_start(uv_loop_t *loop, struct strings *argv, struct helper_calls calls);
// Ends it, with all that it started; none of its calls comes any more.
void helper_stop(struct helper *helper);
// Lets it do what it does; none of its calls comes any more.
void helper_abandon(struct helper *helper);

#endif
