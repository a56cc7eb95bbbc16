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
    struct strings locks; // each in words: "`lock`", "`map` for reading"
};

// One lock more; `shared`: held for reading only.
void access_holds(struct access *access, const char *lock, bool shared);

// "reads", "writes" …
extern const char *const access_verbs[ACCESS_WAYS];

// Completes a data race: its sentence and its places. `object` is its variable in words, or NULL: then it
// has the name that the source gives it there. `order`: "nothing orders the two", or what less the engine
// knows. The same two accesses give the same sentence, in whatever order they are given.
void access_race(struct fault *fault, const char *object, struct access pair[2], const char *order);
// Completes a use after free, or a second free: the first of the pair comes too late, the second has freed it.
// Locks are not told: they do not keep memory alive.
void access_late(struct fault *fault, const char *object, struct access pair[2]);
// Completes a fault of one access: "… is written by T1 at a.c:9, ", and what is wrong with that.
void access_wrong(struct fault *fault, const char *object, struct access *access,
                  const char *wrong);
void access_free(struct access *access);

extern const char access_shared[]; // behind the name of a lock that is held so
extern const char access_unordered[];
extern const char access_of_ended[]; // what is wrong with a stack-escape

#endif
