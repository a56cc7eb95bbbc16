// What two threads did to the same memory, in the one sentence that every engine says of it: a student
// learns one language, however many tools have looked.
#ifndef INTERLEAVE_ACCESS_H
#define INTERLEAVE_ACCESS_H

#include "../fault.h"
#include "../text.h"

enum access_way {
    ACCESS_READS,
    ACCESS_WRITES,
    ACCESS_READS_ATOMICALLY,
    ACCESS_WRITES_ATOMICALLY,
    ACCESS_FREES,
    ACCESS_ALLOCATES,
    ACCESS_USES, // one cannot tell how
    ACCESS_WAYS
};

// Strings are owned and may be NULL.
struct access {
    enum access_way way;
    char *thread;
    char *name;            // what the source calls the memory there, with backquotes
    char *file, *function; // file NULL: not in the program's own source
    int line;
    bool locks_known;     // else nothing is said of them
    struct strings locks; // each in words: "`lock`", "a mutex"
};

// "reads", "writes" …
extern const char *const access_verbs[ACCESS_WAYS];

// Completes a data race: its sentence and its places. `object` is its variable in words, or NULL: then it
// has the name that the source gives it there. `order`: "nothing orders the two", or what less the engine
// knows. The same two accesses give the same sentence, in whatever order they are given.
void access_race(struct fault *fault, const char *object, struct access pair[2], const char *order);
// Completes a use after free: the first of the pair uses the memory, the second has freed it.
void access_late(struct fault *fault, const char *object, const struct access pair[2]);
void access_free(struct access *access);

extern const char access_unordered[];

#endif
