// Signals that end a schedule: a crash, with its place, and the driver's question where an endless loop
// stands.
#ifndef INTERLEAVE_SIGNALS_H
#define INTERLEAVE_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

enum { SIGNAL_WHERE = 61 }; // a real-time signal that the driver sends to the running thread

// Of enum suspicion: what the program does, and the remedy.
extern const char *const suspicion_words[];

// Once, before the first schedule.
void signals_prepare(void);
void signals_watch(void);
// Whether a signal is watched for.
bool signals_are_ours(int number);
// A stack for the handlers of the calling thread, whose own may have overflowed.
void signals_use_own_stack(void);

#endif
