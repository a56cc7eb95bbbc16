/*
 * What an executor tells Interleave: from here on this thread polls that task, and now no longer. A
 * task must not block its thread, and Interleave watches for that. Built without Interleave, the
 * functions are not there, and nothing is told.
 */
#ifndef INTERLEAVE_POLLING_H
#define INTERLEAVE_POLLING_H

extern void interleave_poll_begins(const void *task) __attribute__((weak));
extern void interleave_poll_ends(void) __attribute__((weak));

static inline void poll_begins(const void *task) {
    if (interleave_poll_begins) {
        interleave_poll_begins(task);
    }
}

static inline void poll_ends(void) {
    if (interleave_poll_ends) {
        interleave_poll_ends();
    }
}

#endif
