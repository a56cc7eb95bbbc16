// The vocabulary: what can be wrong with a concurrent program, and where. Nothing here knows how a
// fault was found or how it will be shown.
#ifndef INTERLEAVE_FAULT_H
#define INTERLEAVE_FAULT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum fault_kind {
    FAULT_DATA_RACE,
    FAULT_LOCK_ORDER,
    FAULT_DEADLOCK,
    FAULT_DOUBLE_LOCK,
    FAULT_STUCK_WAIT,
    FAULT_LOCK_ACROSS_WAIT,
    FAULT_BLOCKING_IN_ASYNC,
    FAULT_USE_AFTER_FREE,
    FAULT_DOUBLE_FREE,
    FAULT_LEAK,
    FAULT_STACK_ESCAPE,
    FAULT_BUFFER_OVERFLOW,
    FAULT_UNDEFINED_BEHAVIOUR,
    FAULT_MEMORY_GROWTH,
    FAULT_LOCK_MISUSE,
    FAULT_THREAD_LEAK,
    FAULT_THREAD_SAFETY,
    FAULT_WRONG_OUTPUT,
    FAULT_WRONG_RESULT,
    FAULT_WRONG_EXIT,
    FAULT_CRASH,
    FAULT_TIMEOUT,
    FAULT_OUTPUT_LIMIT,
    FAULT_COMPILE_ERROR,
    FAULT_KINDS
};

struct fault_word {
    const char *name;    // as in reports and markers
    const char *meaning; // one sentence for a student
};

extern const struct fault_word fault_words[FAULT_KINDS];

// The kind with that name; FAULT_KINDS when there is none.
enum fault_kind fault_kind_named(const char *name);

// A set of kinds, one bit each.
typedef unsigned long fault_set;
#define FAULT_BIT(kind) (1UL << (kind))

// Reads kinds separated by blanks, commas or `|`. On an unknown one: false, and *unknown is its name
// (owned by the caller).
bool fault_set_parse(const char *words, fault_set *set, char **unknown);
char *fault_set_names(fault_set set); // "data-race or use-after-free"; owned by the caller

// One line of the program, and what a thread did or waited for there. Strings are owned, may be NULL.
struct place {
    char *file;
    int line; // 0: not known
    char *function;
    char *thread; // "main", "T1", …
    char *action; // "writes `counter`", "waits for `b`", …
};

struct fault {
    enum fault_kind kind;
    const char *engine; // a name from the table of engines, not owned
    char *message;
    struct place *places;
    size_t place_count;
    json_t *exploration; // of the explorer's: the schedule, how it was found, the trace; or NULL
};

struct faults {
    struct fault *items;
    size_t count;
};

// Adds a fault and returns it, valid until the next addition. Takes `message` over.
struct fault *faults_add(struct faults *list, enum fault_kind kind, const char *engine,
                         char *message);
struct place *fault_place(struct fault *fault, const char *file, int line, const char *function,
                          const char *thread, const char *action); // strings are copied
// The same kind at the same lines, in whatever order they were reported.
bool fault_same(const struct fault *a, const struct fault *b);
// Whether some line is a place of both.
bool fault_share_line(const struct fault *a, const struct fault *b);
// Faults that several engines report of the same lines are one to a reader.
bool fault_alike(const struct fault *a, const struct fault *b);
// Moves those of `from` that are not in `to` yet; `from` is empty afterwards.
void faults_merge(struct faults *to, struct faults *from);
void fault_free(struct fault *fault);
void faults_free(struct faults *list);

// A JSON string of any bytes: what is not UTF-8 is replaced. NULL gives null.
json_t *json_of_text(const char *text);
json_t *faults_to_json(const struct faults *list);
// Engine names in the JSON are looked up with `engine_name`, which returns a string that lives on.
void faults_from_json(struct faults *list, const json_t *json,
                      const char *(*engine_name)(const char *));

#endif
