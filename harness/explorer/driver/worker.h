// The processes that run schedules side by side, one to a processor.
#ifndef INTERLEAVE_WORKER_H
#define INTERLEAVE_WORKER_H

// Starts `count` workers, pinned to a processor each, that call `work` once, and waits for them.
void workers_run(unsigned count, void (*start)(void), void (*work)(void));
// Pins the calling process to one of the processors that it may use.
void worker_pin(unsigned index);

#endif
