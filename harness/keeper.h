// The keeper is a small process between the harness and one child: it starts the child in a session of
// its own, watches it, and ends it with everything it started, even when the harness itself is killed.
// It is this same executable, started as `interleave keeper SPEC EXECUTABLE WITNESS STDIN COMMAND…`:
// the program (for its symbols), its witness file, a file for its standard input (each may be empty),
// and the command that runs it.
//
// SPEC is JSON:
//   seconds      allowed, of its own time (below)   resident    allowed bytes in memory, all processes
//   watch        look for hangs                    unwinds     its stacks can be read
//   own_thread   the tool runs a thread of its own that sleeps
//   alarms       the program uses alarm() or an interval timer
//   one_cpu      run it on one processor
//   lock_graph   report the witness's lock-order graph
//   parent       process id of the harness
//   box          what it may touch (sandbox/box.h): then the keeper, too, is inside, and is told to stop by
//                the end of descriptor BOX_LEASH; without: by SIGTERM
//
// The answer, on descriptor KEEPER_STATUS, is one JSON object:
//   error        the child could not be started, and why
//   exit | signal, seconds, cpu (seconds), peak (bytes in memory)
//   own          seconds without those in which it would have run, but others had the processors
//   end          "exit", "timeout", "hang", "memory", "growth" (live heap), "files" (the box is full),
//                "processes" (too many in it), "stopped" (by the harness), "starved": it got so little of the
//                processors that nothing can be said
//   hang         "cycle", "self", "orphan", "across-wait", "all-asleep"
//   threads      see observe.h      allocations, kept, lock_graph  likewise
#ifndef INTERLEAVE_KEEPER_H
#define INTERLEAVE_KEEPER_H

enum { KEEPER_STATUS = 3 };
enum { KEEPER_PATIENCE = 10 }; // times the seconds allowed, on a busy machine

// Runs the keeper; argv begins with SPEC and ends with NULL. Returns its exit status.
int keeper_run(int argc, char **argv);

#endif
