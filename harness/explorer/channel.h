// What the driver and the process of one schedule share: the plan for the schedule, and what came of it.
// The program under test can write here too, so the driver trusts nothing that it reads from it: it
// checks numbers against their bounds and takes text as text.
#ifndef INTERLEAVE_CHANNEL_H
#define INTERLEAVE_CHANNEL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

// How an operation that was chosen goes on.
enum way { WAY_GO, WAY_TIME_OUT, WAY_SPURIOUS };

// Where a schedule departs from the one without preemptions: when `thread` has done `step` operations
// and is about to do the next one, `next` goes on instead, in that way. Other departures can be left out
// without moving this one, which positions in the whole schedule would not allow.
struct departure {
    uint32_t step;
    uint16_t thread;
    uint16_t next : 14;
    uint16_t way : 2;
};

// Who was let go on at one choice, and in which way: all of them together are a schedule that a person
// drives, without knowing what is usual.
struct move {
    uint16_t thread : 14;
    uint16_t way : 2;
};

// A departure that this schedule could have taken and did not.
struct alternative {
    struct departure departure;
    uint32_t cost;   // preemptions
    uint32_t before; // departures of this schedule before it
};

// How many operations that matter a thread did on an object, in the first schedule.
struct count {
    uint64_t object; // its address
    uint32_t thread;
    uint32_t times, changes;
};

// The family of a thread of the first schedule, by number; 0, which is main, is nobody's child: none.
struct kin {
    uint16_t creator, first, next; // first: its own first child; next: its creator's next one
};

enum {
    DEPARTURES_MOST = 1 << 20,
    ALTERNATIVES_MOST = 1 << 20,
    COUNTS_MOST = 4096,
    KIN_MOST = 4096,
    SITES_MOST = 64,
    EVIDENCE_MOST = 4 << 20,
};

enum schedule_end {
    END_NONE,        // died without a word
    END_EXIT,        // the program ended; see exit_status
    END_FAULT,       // nothing can go on after this fault
    END_PRUNED,      // from here on everything was tried before
    END_CUT,         // too many operations
    END_UNAVAILABLE, // uses what is not modelled; the sentence is in the evidence
    END_ASKS,        // by hand: which thread is to move? The threads are in the evidence
};

// Whether a person drives, see hand.h.
enum hand {
    HAND_OFF,
    HAND_MOVES, // the moves of the plan, then `hand_thread`, and from there on a person is asked
    HAND_WORD,  // as the departures say; a last one that changes nothing is where a person stood
};

// What the driver thinks of a process that does no operation for long, when it asks it where it is.
enum suspicion {
    SUSPECT_WAIT,        // hardly uses the processor: it waits for something that is not modelled
    SUSPECT_CALCULATION, // busy, and it may end
    SUSPECT_LOOP,        // busy, though other schedules came to their end at once
};

struct plan {
    const struct strategy *strategy;
    uint64_t challenge; // what the driver's proof answers (linked/proof.h)
    uint64_t seed;
    uint32_t bound;      // preemptions, for the bounded strategy
    uint32_t spurious;   // wake-ups without a cause, at most
    bool alternatives;   // list them
    bool reduction;      // leave out what was met before
    bool profile;        // count the operations
    bool trace;          // write the trace into the evidence
    uint64_t until;      // the key of a fault, at which the schedule may end; 0: none
    uint64_t watch;      // accesses to this memory are in the trace too
    uint32_t watch_size; // bytes; 0: none
    uint32_t departures;
    uint64_t most_steps;
    uint32_t sites; // accesses that have raced and are choices now, by their places
    uint32_t site[SITES_MOST];
    uint32_t counts, kin; // the profile, for the strategies that weigh threads
    uint64_t profile_steps;
    enum hand hand;
    uint32_t moves;       // given
    uint32_t hand_thread; // goes on after them
    uint32_t hand_way;    // of enum way, for its first operation
    uint32_t hand_times;  // operations, as long as it can; 0: nobody
    bool hand_each;       // ask, too, when only one can go on
    bool to_fault;        // the first fault ends the schedule
    uint64_t
        slowest; // processor nanoseconds of a schedule that came to its end, at most; 0: none did
};

struct outcome {
    uint32_t end; // of enum schedule_end
    int32_t exit_status;
    uint64_t steps, trace_hash;
    uint32_t preemptions, departures, alternatives, counts, kin, sites, threads;
    uint32_t moves; // taken
    uint32_t site[SITES_MOST];
    uint64_t peak_heap;
    uint64_t proof;             // of the driver of an exercise that it has examined everything
    bool beyond_bound;          // left something out because of the bound
    uint32_t evidence;          // bytes
    _Atomic uint64_t progress;  // for the watch over endless loops
    _Atomic uint32_t runner;    // kernel id of the running thread
    _Atomic uint32_t suspicion; // of enum suspicion, set by the driver
};

struct channel {
    struct plan plan;
    struct outcome outcome;
    struct departure given[DEPARTURES_MOST];
    struct departure taken[DEPARTURES_MOST];
    struct move moves[DEPARTURES_MOST]; // given
    struct move moved[DEPARTURES_MOST];
    struct alternative alternative[ALTERNATIVES_MOST];
    struct count profile[COUNTS_MOST];
    struct kin kin[KIN_MOST];
    char evidence[EVIDENCE_MOST]; // JSON objects, one a line
};

extern struct channel *channel; // of this process

// A line of the evidence is about a fault, or a refusal; all others make up the trace.
static inline bool evidence_is_trace(const char *line) {
    return strncmp(line, "{\"step\"", 7) == 0 || strncmp(line, "{\"learns\"", 9) == 0 ||
           strncmp(line, "{\"wakes\"", 8) == 0;
}

#endif
