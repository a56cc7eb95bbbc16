// A thread that waits for something other than a lock, with a mutex in its hand that another one wants.
#ifndef INTERLEAVE_ACROSS_WAIT_H
#define INTERLEAVE_ACROSS_WAIT_H

// The calling thread has announced something that it cannot do now: reports a lock-across-wait if it
// waits for a mutex whose owner waits, or waits itself with a mutex for which somebody waits.
void across_wait_look(void);

#endif
