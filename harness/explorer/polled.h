// A task that is polled (lessons/lib/polling.h) and waits, which a task must not.
#ifndef INTERLEAVE_POLLED_H
#define INTERLEAVE_POLLED_H

#include <stdbool.h>

struct thread;

// The calling thread has announced what it is about to do: reports a blocking-in-async if it polls a task
// and that is a wait, whether it must wait this time or not.
void polled_look(void);

// Whether the thread waits while it polls a task, which has been reported.
bool polled_blocks(const struct thread *thread);

#endif
