// Loops that only look. A thread that comes back to where it was, with the same stack, and has changed
// nothing on the way, would do the same again for ever: it need not be run until somebody else has
// changed something, and no schedule is lost by that.
#ifndef INTERLEAVE_CIRCLES_H
#define INTERLEAVE_CIRCLES_H

#include "thread.h"

enum circle {
    CIRCLE_NONE,
    CIRCLE_SAME,  // the very same state as before
    CIRCLE_ROUGH, // the same operations, very often; its own variables may differ, as in a count
};

// The thread is about to do the operation. `changed`: the one before has left a trace. `*wide`: the loop
// looks at more than the object of this operation.
enum circle circles_look(struct thread *thread, const struct operation *operation, bool changed,
                         bool *wide);

// It writes to memory that is not at the top of its stack.
void circles_written(const void *address);

#endif
