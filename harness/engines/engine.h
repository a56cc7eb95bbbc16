// An engine runs one build of a program and reads the evidence that the run left. It knows nothing of
// what is expected. Adding one is a row in `engines` (engines.c) and a file.
#ifndef INTERLEAVE_ENGINE_H
#define INTERLEAVE_ENGINE_H

#include "../process.h"
#include "../program.h"
#include "../toolchain.h"

struct run {
    const struct engine *engine;
    const struct program *program;
    const struct build *build;
    const char *directory; // for the evidence of this run
    unsigned number;       // from 0
    double seconds;        // allowed
    uint64_t challenge;    // what its driver's proof must answer; nobody knows it before
};

struct findings {
    struct faults faults;
    struct faults notes; // shown, but change no verdict
    bool locks_ordered;  // a lock-order report of this run was about locks that a gate protects
    int unjoined;        // threads that one line left behind, at most
    bool unplaced;       // a report named no line of the program's own source
    bool beyond; // the program uses what this engine does not model: it says nothing about it
    json_t *exploration; // what the explorer covered; NULL of the others
};

struct engine {
    const char *name;
    const char *title; // for people
    enum build_kind build;
    const char *tool;   // a program that must be installed besides the compiler, or NULL
    unsigned runs;      // clean ones before "clean"
    bool repeats;       // another run may show something else
    unsigned slowdown;  // times the native time that a run is allowed
    bool watches_stack; // stacks of the process are the program's own
    // Completes the command and environment of a run.
    void (*prepare)(const struct run *run, struct process_spec *spec);
    // Reads the evidence of a run. NULL, or why the run says nothing (owned by the caller).
    char *(*read)(const struct run *run, const struct process_result *result,
                  struct findings *findings);
};

extern const struct engine engines[];
extern const size_t engine_count;

const struct engine *engine_named(const char *name); // NULL: none
const char *engine_name(const char *name); // the table's own string, "compiler" for the compiler's

// Used by the engines:

// Faults that were seen from outside: hangs, and what all engines judge alike.
void observed_hang(const struct run *run, const struct process_result *result,
                   struct findings *findings);
// What the driver of an exercise found; called after the engine has read its own evidence.
void observed_driver(const struct run *run, const struct process_result *result,
                     struct findings *findings);
// A wait within the poll of a task. False when there was none.
bool observed_blocking(const struct run *run, const struct process_result *result,
                       struct findings *findings);
extern const char blocking_ends[]; // of its sentence
// More threads at once than lesson.ini allows; called before observed_driver.
void observed_crowd(const struct run *run, const struct process_result *result,
                    struct findings *findings);
// By what is linked beside it: a check of the driver has failed, or there are too many threads.
bool run_was_ended(const struct process_result *result);
extern const char exercise_ends_early[]; // the sentence of a wrong-exit
extern const char exercise_leaves[];     // likewise: after its driver was done
// A hang: what kind it is (keeper.h), and the threads, as observe.h describes them.
struct fault *hang_add(struct findings *findings, const char *engine, const char *word,
                       const json_t *threads); // NULL: no such kind
// So many threads of one line have ended, neither joined nor detached; sets the fault's message.
void findings_unjoined(struct findings *findings, struct fault *fault, int count);
// The path of a file in the run's directory; owned by the caller.
char *run_path(const struct run *run, const char *name);
// All files in the run's directory that begin with `prefix`, one after the other; owned by the caller.
char *run_files(const struct run *run, const char *prefix);
// The program and its arguments, at the end of the command.
void run_program(const struct run *run, struct process_spec *spec);
// The seed of the run's driver: that of the schedule to be replayed, or the run's own.
unsigned run_seed(const struct run *run);
unsigned schedule_seed(const char *word); // of a schedule's word
// A sentence for a run that ended before its tool could report; NULL when it did not.
char *run_cut_short(const struct run *run, const struct process_result *result);
// The program has a driver, and has proven that it went on to its usual end.
bool run_is_proven(const struct run *run, const struct process_result *result);
// A sentence when the tool did not see, in the end, what was done on purpose for it to see; NULL when it did.
char *run_blinded(const struct run *run, const struct process_result *result);
// A sentence when the sanitizer said that it could not write its report; NULL when it did not.
char *run_report_lost(const struct run *run, const struct process_result *result);
// "main", "T1" …; owned by the caller.
char *thread_name(int number);

// The engines, a file each.
void native_prepare(const struct run *run, struct process_spec *spec);
char *native_read(const struct run *run, const struct process_result *result,
                  struct findings *findings);
void tsan_prepare(const struct run *run, struct process_spec *spec);
char *tsan_read(const struct run *run, const struct process_result *result,
                struct findings *findings);
void asan_prepare(const struct run *run, struct process_spec *spec);
char *asan_read(const struct run *run, const struct process_result *result,
                struct findings *findings);
void helgrind_prepare(const struct run *run, struct process_spec *spec);
char *helgrind_read(const struct run *run, const struct process_result *result,
                    struct findings *findings);
void explore_prepare(const struct run *run, struct process_spec *spec);
char *explore_read(const struct run *run, const struct process_result *result,
                   struct findings *findings);

#endif
