// One judgement of an exercise, as it goes: `interleave exercise N --format events`, and what it has told so far.
#ifndef INTERLEAVE_JUDGING_H
#define INTERLEAVE_JUDGING_H

#include "helper.h"

enum judging_state {
    JUDGING_NONE,
    JUDGING_COMPILES, // it is tried
    JUDGING_RUNS,
    JUDGING_CERTAIN, // that it is faulty; engines still run
    JUDGING_DONE,    // `verdict` is known, or NULL: it could not even be tried
};

struct judging {
    enum judging_state state;
    struct text text;         // for the reader; may be empty
    size_t engines;           // that have ended
    char *verdict, *schedule; // NULL: none
    // private
    uv_loop_t *loop;
    struct helper *helper;
    bool silent; // until the verdict
    void (*changed)(void *context);
    void *context;
};

void judging_open(struct judging *judging, uv_loop_t *loop, void (*changed)(void *context),
                  void *context);
// Takes the command over. What was going on is cancelled and forgotten.
void judging_start(struct judging *judging, struct strings *argv);
// The same content once more, to be laid out anew: what is known stays until there is a verdict.
void judging_renew(struct judging *judging, struct strings *argv);
// Cancels and forgets.
void judging_stop(struct judging *judging);

#endif
