// What the keeper saw of a program, in the words of its source and as JSON: who waits for whom, where a
// thread crashed, which line allocated.
//
//   thread  {"name","wait","object","file","line","function","holder","holder_ended","since","held"}
//   since   {"file","line"}: where the holder took the object;  held: [{"object","file","line"} …]
#ifndef INTERLEAVE_OBSERVE_H
#define INTERLEAVE_OBSERVE_H

#include "waits.h"

#include <jansson.h>
#include <sys/types.h>

struct observer;

// `pid` is the program; `unwinds`: its stacks are its own (not those of an interpreter like Valgrind).
// The executable and the witness are borrowed; the witness may be NULL.
struct observer *observer_new(const char *executable, const struct witness *witness, pid_t pid,
                              bool unwinds);
void observer_free(struct observer *observer);

json_t *observe_waits(struct observer *observer, const struct waits *waits);
// Where each thread is, at most `most`; of one thread when `only` is not 0.
json_t *observe_threads(struct observer *observer, const struct tasks *tasks, pid_t only,
                        size_t most);
// {"bytes","file","line","function"} of the line that allocated most; NULL when nothing was counted.
json_t *observe_allocations(struct observer *observer);
// Threads that returned with a mutex locked: [{"name","object","file","line","function"} …], where they
// locked it.
json_t *observe_kept(struct observer *observer);
// What the driver of an exercise said: {"done","ended","blinded","failed":{"sentence","name","file","line","function"}}: its
// proofs, as numbers (linked/proof.h), whether the tool was (linked/canary.h), and the first check that failed. NULL when there is no witness.
json_t *observe_driver(struct observer *observer);
// {"name","wait","object","file","line","function"} of the first wait within the poll of a task; NULL: none.
json_t *observe_blocked(struct observer *observer);
// {"name","file","line","function"} of the call that created one thread too many; NULL: none.
json_t *observe_crowd(struct observer *observer);
// The lock-order graph, [{"thread","from","to","from_id","to_id","from_file","from_line","to_file",
// "to_line","from_shared","to_shared","gates":[{"id","shared"} …],"at"} …], the lives of threads that it needs,
// [{"number","creator","created_at","joiner","joined_at"} …], and whether all of it is "complete".
json_t *observe_lock_graph(struct observer *observer);

#endif
