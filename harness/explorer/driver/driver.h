// The process that stands at the start of main: decides which schedules are run, forks a process for
// each, and writes what came of them into the report.
#ifndef INTERLEAVE_DRIVER_H
#define INTERLEAVE_DRIVER_H

// `settings` names a file (settings.h); `start` runs one schedule in the process that was forked for it.
_Noreturn void driver_run(const char *settings, char **argv, void (*start)(void));

#endif
