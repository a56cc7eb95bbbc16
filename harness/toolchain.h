// Compiles and links a program for one kind of engine, and reads from the objects what the program uses.
#ifndef INTERLEAVE_TOOLCHAIN_H
#define INTERLEAVE_TOOLCHAIN_H

#include "home.h"
#include "jobs.h"
#include "program.h"
#include "secret.h"
#include "sandbox/sandbox.h"

#include <uv.h>

// An object that can serve two engines is compiled once: native and Helgrind run the same file.
enum build_kind { BUILD_PLAIN, BUILD_TSAN, BUILD_ASAN, BUILD_EXPLORE, BUILD_KINDS };

// What a program uses that decides which tool may judge it (engines/capability.c).
enum trait {
    USES_ATOMICS = 1 << 0,       // C11 atomics, __atomic_* or __sync_*
    USES_FENCES = 1 << 1,        // atomic_thread_fence
    USES_ONCE = 1 << 2,          // pthread_once, call_once
    USES_SEM_TRY = 1 << 3,       // sem_trywait, sem_timedwait, sem_clockwait
    USES_DESCRIPTORS = 1 << 4,   // pipes, sockets, eventfd
    USES_TRY_JOIN = 1 << 5,      // pthread_tryjoin_np and its timed relatives
    USES_ALARMS = 1 << 6,        // alarm, setitimer
    USES_JOIN = 1 << 7,          // joins or detaches some thread
    USES_TIMERS = 1 << 8,        // timer_create
    USES_CANCEL = 1 << 9,        // pthread_cancel
    USES_ROBUST = 1 << 10,       // robust mutexes
    USES_TIMED_RWLOCK = 1 << 11, // pthread_rwlock_timedrdlock and its relatives
    IS_INSTRUMENTED = 1 << 12,   // by a sanitizer
};

struct build {
    enum build_kind kind;
    const struct program *program;
    char *directory;
    char *executable;
    struct proof_key secret;   // of its driver
    const struct build *first; // what is rejected for that one is not compiled; or NULL
    bool driven;               // it has one, which holds the secret
    unsigned traits;           // of enum trait
    struct strings headers;    // the program's own headers, by absolute path
    struct strings runtime;    // our objects that are linked beside it
    struct faults faults;      // why the compiler rejects it
    char *unavailable;         // why it could not be compiled at all
    bool done;
    // private
    size_t waiting;
    void (*finished)(void *context);
    void *context;
    struct toolchain *toolchain;
    struct compilation *compilations;
};

struct toolchain {
    uv_loop_t *loop;
    struct jobs *jobs;
    const struct home *home;
    const char *compiler;
    const struct sandbox *sandbox; // for strangers' sources, and for linking; NULL: none
    bool keep;                     // leave each command beside what it made
    const char *objects; // where objects of trusted sources are kept (kept_objects.h), or NULL
};

// The compiler to use: INTERLEAVE_CC, or else clang.
const char *toolchain_compiler(void);
// A line that changes whenever the tool at the front of PATH does: its path, size and time.
char *toolchain_identity(const char *tool);
// The names of all objects that are linked beside programs; they lie in home->linked.
void toolchain_linked(struct strings *objects);
// The flags of every build, for the key of the cache.
void toolchain_flags(enum build_kind kind, const struct home *home, const struct program *program,
                     struct strings *flags);

// Builds into build->directory; `finished` is called from the event loop. The caller has set kind,
// program, directory, secret and first. `order` is that of jobs.h.
void toolchain_build(struct toolchain *toolchain, struct build *build, unsigned order,
                     void (*finished)(void *context), void *context);
void build_free(struct build *build);

#endif
