// What a program under test writes down about itself while it runs: which thread holds which lock
// since which line, and what it waits for. The program maps the file named by WITNESS_VARIABLE and
// writes; the harness maps the same file and reads, while the program lives and after it has died.
//
// This is the layout only, shared by both sides. Every thread writes to its own slot, so that nothing
// here orders the threads of the program: a detector must see them as if the witness were absent.
#ifndef INTERLEAVE_WITNESS_H
#define INTERLEAVE_WITNESS_H

#include <stdatomic.h>
#include <stdint.h>

#define WITNESS_VARIABLE "INTERLEAVE_WITNESS"
#define WITNESS_ANCHOR "interleave_witness_anchor" // a symbol whose run-time address is in `anchor`
#define WITNESS_MAGIC 0x77697431u

enum {
    WITNESS_THREADS = 8192, // later threads run, unrecorded
    WITNESS_HELD = 16,      // locks held at once by one thread; more are not recorded
    WITNESS_GATES = WITNESS_HELD - 1,
    WITNESS_EDGES = 4096,
    WITNESS_SITES = 1024, // lines that allocate
    WITNESS_SENTENCE = 256,
    WITNESS_CALLERS = 6,
};

enum witness_wait {
    WAITS_NOT,
    WAITS_MUTEX,
    WAITS_READ_LOCK,
    WAITS_WRITE_LOCK,
    WAITS_SPIN_LOCK,
    WAITS_CONDITION,
    WAITS_SEMAPHORE,
    WAITS_BARRIER,
    WAITS_JOIN,
    WAITS_DESCRIPTOR, // object is the descriptor's number
    WAITS_CHILD,      // a child process
    WAITS_ONCE,       // another thread's initialisation
    WAITS_TIME,       // only in witness_blocked
};

struct witness_held {
    uint64_t object;
    uint64_t pc;     // return address of the call that took it
    uint32_t shared; // taken for reading
    uint32_t depth;  // of a recursive lock
};

struct witness_thread {
    _Atomic int32_t tid;            // 0: not started yet; stays after the thread has ended
    int32_t pid;                    // of its process: after fork the slots of both are here
    uint32_t number;                // 0 is main, then in the order of creation
    uint64_t handle;                // pthread_t
    uint32_t creator;               // number of the thread that created it
    uint32_t joiner;                // number of the thread that joined it
    uint64_t created_at, joined_at; // places in one global count of events; 0: never
    uint64_t start, argument;       // the program's own start routine
    // The wait: `sequence` changes with each one, so equal numbers mean the same wait.
    _Atomic uint32_t sequence;
    _Atomic uint32_t wait; // enum witness_wait
    uint64_t object;       // what it waits for; of a join, the joined pthread_t
    uint64_t mutex;        // of a condition: the mutex given back during the wait
    uint64_t pc;
    uint64_t callers[WITNESS_CALLERS]; // who had called the function at pc, and so on; 0 ends them
    uint32_t held_count;
    struct witness_held held[WITNESS_HELD];
    struct witness_held kept; // a mutex that it still held when its start routine returned
};

// A call to be told of, when it is the first of its kind.
struct witness_call {
    _Atomic uint32_t claimed, readable;
    uint32_t thread; // the number of its slot
    uint32_t wait;   // enum witness_wait, of one that waits
    uint64_t object, pc;
    uint64_t callers[WITNESS_CALLERS];
};

// Somebody who held `from` asked for `to`, while also holding the gates.
struct witness_edge {
    _Atomic uint32_t state; // 0 free, 1 being written, 2 readable
    uint32_t thread;
    uint64_t from, to;
    uint64_t from_pc, to_pc;
    uint64_t at;
    uint32_t from_shared, to_shared;
    uint32_t gate_count;
    uint64_t gates[WITNESS_GATES];
    uint32_t shared_gates; // a bit for each that is held for reading
};

struct witness_site {
    _Atomic uint64_t pc;
    _Atomic uint64_t bytes; // allocated here so far
};

struct witness {
    uint32_t magic;
    uint32_t reserved;
    uint64_t anchor;
    // Settings, written by the harness before the program starts:
    uint64_t ceiling;         // live heap bytes allowed, 0: any
    uint64_t noise;           // seed of random yields at calls, 0: none
    uint64_t threads_allowed; // alive at once, main included; 0: any
    uint64_t challenge;       // of this run; what the driver's proof answers (proof.h)
    _Atomic int64_t live;
    _Atomic int64_t peak;
    _Atomic uint32_t grown; // 1 once `live` went above the ceiling
    _Atomic uint32_t thread_count;
    _Atomic uint64_t events;
    _Atomic uint32_t edge_count; // 0: none of those below is used
    _Atomic uint32_t incomplete; // threads, locks or edges were left out
    // A fatal signal: the program stops itself so that its stacks can be read, and waits for crash_read.
    _Atomic int32_t crash_claimed;
    _Atomic int32_t crash_signal;
    int32_t crash_pid, crash_tid;
    _Atomic int32_t crash_read; // written by the harness
    // Of the driver of an exercise (lessons/drive.h):
    _Atomic uint64_t driver_done;  // its proof that it has examined everything; 0: it has not
    _Atomic uint64_t driver_ended; // its proof that the program ended in the usual way after that
    _Atomic uint32_t blinded;      // the tool did not see what it must see (canary.h)
    _Atomic uint32_t check_claimed;
    _Atomic uint32_t check_failed; // the first one, readable
    uint32_t check_thread;         // the number of its slot
    uint64_t check_pc;
    char check_sentence[WITNESS_SENTENCE];
    struct witness_call blocked; // within the poll of a task (lessons/lib/polling.h)
    struct witness_call crowd;   // creates one thread too many
    _Atomic uint32_t threads_alive;
    struct witness_thread threads[WITNESS_THREADS];
    struct witness_edge edges[WITNESS_EDGES];
    struct witness_site sites[WITNESS_SITES];
};

#endif
