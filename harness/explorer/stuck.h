// Nobody can go on: who waits for what, and who has it.
#ifndef INTERLEAVE_STUCK_H
#define INTERLEAVE_STUCK_H

#include "thread.h"

// Whether this is a request for a lock, which its owner has to give back.
bool stuck_is_lock(const struct operation *operation);

// Who has to move before this thread can go on; NULL when that is not one certain thread. `since`: the
// place where that one took what the thread wants; 0: none.
const struct thread *stuck_awaited(const struct thread *thread, uint32_t *since);

// Reports all threads and ends the schedule. `spinning`: they could run, but only look, over and over.
_Noreturn void stuck_report(bool spinning);

// The calling thread has announced something that it cannot do now. Ends the schedule if that closes a
// cycle of threads that wait for each other and cannot time out, whoever else may still run.
void stuck_look_for_cycle(void);

#endif
