#include "capability.h"

#include <stdlib.h>
#include <string.h>

enum {
    ANY_TRAITS = 0,
    SIMPLY_LEFT = 16, // unjoined threads of one line that a program which simply ends leaves behind
};

static const struct doubt doubts[] = {
    {"helgrind", FAULT_DATA_RACE, USES_ATOMICS | USES_FENCES, "tsan",
     "Helgrind does not know C11 atomics; ThreadSanitizer does, and sees no race here"},
    {"helgrind", FAULT_DATA_RACE, USES_ONCE, "tsan",
     "Helgrind does not know pthread_once; ThreadSanitizer does, and sees no race here"},
    {"helgrind", FAULT_DATA_RACE, USES_SEM_TRY, "tsan",
     "Helgrind does not know sem_trywait and sem_timedwait; ThreadSanitizer does, and sees no "
     "race here"},
    {"helgrind", FAULT_DATA_RACE, USES_DESCRIPTORS, "tsan",
     "Helgrind does not know the order that pipes and sockets give; ThreadSanitizer does, and sees "
     "no race here"},
    {"helgrind", FAULT_DATA_RACE, USES_TRY_JOIN, "tsan",
     "Helgrind does not know pthread_tryjoin_np and pthread_timedjoin_np; ThreadSanitizer does, "
     "and sees no race here"},
    {"helgrind", FAULT_DATA_RACE, USES_TIMED_RWLOCK, "tsan",
     "Helgrind does not know timed requests for read-write locks; ThreadSanitizer does, and sees "
     "no race here"},
    {"helgrind", FAULT_LOCK_MISUSE, USES_TIMED_RWLOCK, "tsan",
     "Helgrind does not know timed requests for read-write locks; ThreadSanitizer does, and sees "
     "no misuse"},
    {"helgrind", FAULT_LOCK_MISUSE, USES_CANCEL, "tsan",
     "Helgrind does not know that a cancelled wait takes its mutex back; ThreadSanitizer does, and "
     "sees no misuse"},
    {"helgrind", FAULT_LOCK_MISUSE, USES_ROBUST, "tsan",
     "Helgrind does not know robust mutexes; ThreadSanitizer does, and sees no misuse"},
    {"tsan", FAULT_LOCK_ORDER, ANY_TRAITS, "explore",
     "the explorer has tried all schedules up to its bound, and the two orders never meet"},
    {"helgrind", FAULT_LOCK_ORDER, ANY_TRAITS, "explore",
     "the explorer has tried all schedules up to its bound, and the two orders never meet"},
};

const struct doubt *capability_doubt(const struct fault *fault, unsigned traits) {
    for (size_t i = 0; i < sizeof doubts / sizeof doubts[0]; i++)
        if (doubts[i].kind == fault->kind && strcmp(doubts[i].engine, fault->engine) == 0 &&
            (doubts[i].traits == ANY_TRAITS || doubts[i].traits & traits))
            return &doubts[i];
    return NULL;
}

// What tools report, they report at lines.
static bool is_unplaced(const struct fault *fault) {
    static const fault_set placed =
        FAULT_BIT(FAULT_DATA_RACE) | FAULT_BIT(FAULT_LOCK_ORDER) | FAULT_BIT(FAULT_USE_AFTER_FREE) |
        FAULT_BIT(FAULT_DOUBLE_FREE) | FAULT_BIT(FAULT_LEAK) | FAULT_BIT(FAULT_STACK_ESCAPE) |
        FAULT_BIT(FAULT_BUFFER_OVERFLOW) | FAULT_BIT(FAULT_UNDEFINED_BEHAVIOUR) |
        FAULT_BIT(FAULT_LOCK_MISUSE) | FAULT_BIT(FAULT_THREAD_LEAK);
    return fault->place_count == 0 && (placed & FAULT_BIT(fault->kind));
}

// The tool itself reports a misused lock at a line of this fault.
static bool misused_at(const struct findings *findings, const struct fault *fault) {
    for (size_t i = 0; i < findings->faults.count; i++)
        if (findings->faults.items[i].kind == FAULT_LOCK_MISUSE &&
            fault_share_line(&findings->faults.items[i], fault))
            return true;
    return false;
}

static const char *refuted_by_run(const struct fault *fault, const struct findings *findings,
                                  unsigned traits) {
    if (fault->kind == FAULT_LOCK_ORDER && findings->locks_ordered)
        return "in this run the two orders could not meet: another lock, or the order in which the "
               "threads live, keeps them apart";
    if (fault->kind == FAULT_THREAD_LEAK && !(traits & USES_JOIN) &&
        findings->unjoined <= SIMPLY_LEFT)
        return "the program never joins or detaches a thread; it simply ends with them";
    if (fault->kind == FAULT_STUCK_WAIT && misused_at(findings, fault))
        return "a wait that begins with a misused lock has no rules; see the lock-misuse";
    return NULL;
}

void capability_settle(struct findings *findings, unsigned traits) {
    struct faults *faults = &findings->faults;
    size_t kept = 0;
    for (size_t i = 0; i < faults->count; i++) {
        struct fault *fault = &faults->items[i];
        const char *reason = refuted_by_run(fault, findings, traits);
        if (!reason && is_unplaced(fault)) {
            findings->unplaced = true;
            reason = "it names no line of the program's own source";
        }
        if (!reason) {
            faults->items[kept++] = *fault;
            continue;
        }
        char *message = string_format("%s (%s)", fault->message, reason);
        free(fault->message);
        fault->message = message;
        struct faults moved = {memory_zeroed(1, sizeof *fault), 1};
        moved.items[0] = *fault;
        faults_merge(&findings->notes, &moved);
    }
    faults->count = kept;
}

// What each engine does not look for; what it still meets by chance, such as a race that crashes, it tells.
#define MEMORY_FAULTS \
    (FAULT_BIT(FAULT_USE_AFTER_FREE) | FAULT_BIT(FAULT_DOUBLE_FREE) | FAULT_BIT(FAULT_LEAK) | \
     FAULT_BIT(FAULT_STACK_ESCAPE) | FAULT_BIT(FAULT_BUFFER_OVERFLOW) | \
     FAULT_BIT(FAULT_UNDEFINED_BEHAVIOUR))
#define OF_PLAIN_RUNS \
    (FAULT_BIT(FAULT_WRONG_OUTPUT) | FAULT_BIT(FAULT_WRONG_EXIT) | FAULT_BIT(FAULT_OUTPUT_LIMIT) | \
     FAULT_BIT(FAULT_TIMEOUT) | FAULT_BIT(FAULT_MEMORY_GROWTH))

static const char judged_plainly[] =
    "How the program ends, what it prints and how much memory it needs is judged where no tool "
    "slows it down or prints beside it.";

static const char seen_when_stuck[] =
    "Such a wait is seen from outside only when nobody can go on any more; here it came to its end "
    "in time.";

static const char no_count[] = "It does not count what is given back.";

static const struct blindness {
    const char *engine;
    fault_set kinds;
    const char *reason;
} blindnesses[] = {
    {"native", FAULT_BIT(FAULT_DATA_RACE),
     "A plain run does not watch memory: a race shows there as a wrong result, if at all."},
    {"native", FAULT_BIT(FAULT_LOCK_ORDER),
     "A plain run shows a deadlock when it happens, not the order that could lead to it."},
    {"native", FAULT_BIT(FAULT_LEAK), no_count},
    {"native", MEMORY_FAULTS,
     "A plain run reads and writes whatever lies in the memory, and says nothing."},
    {"native", FAULT_BIT(FAULT_THREAD_LEAK), "A plain run does not count who joins whom."},
    {"native", FAULT_BIT(FAULT_LOCK_MISUSE),
     "A plain run tells only of a lock that a thread still holds when it ends."},
    {"native", FAULT_BIT(FAULT_LOCK_ACROSS_WAIT), seen_when_stuck},
    {"tsan", FAULT_BIT(FAULT_LOCK_ACROSS_WAIT), seen_when_stuck},
    {"tsan", FAULT_BIT(FAULT_LEAK), no_count},
    {"tsan", MEMORY_FAULTS & ~FAULT_BIT(FAULT_USE_AFTER_FREE),
     "ThreadSanitizer watches the order of accesses, not the bounds and the life of memory."},
    {"tsan", OF_PLAIN_RUNS, judged_plainly},
    {"asan", FAULT_BIT(FAULT_DATA_RACE),
     "AddressSanitizer watches the life of memory, not the order of accesses."},
    {"asan",
     FAULT_BIT(FAULT_LOCK_ORDER) | FAULT_BIT(FAULT_LOCK_MISUSE) | FAULT_BIT(FAULT_THREAD_LEAK),
     "AddressSanitizer watches memory, neither locks nor threads."},
    {"asan", FAULT_BIT(FAULT_LOCK_ACROSS_WAIT), seen_when_stuck},
    {"asan", OF_PLAIN_RUNS, judged_plainly},
    {"helgrind", FAULT_BIT(FAULT_LEAK), no_count},
    {"helgrind", MEMORY_FAULTS,
     "Helgrind watches locks and the order of accesses, not the bounds and the life of memory."},
    {"helgrind", FAULT_BIT(FAULT_THREAD_LEAK), "Helgrind does not count who joins whom."},
    {"helgrind", FAULT_BIT(FAULT_LOCK_ACROSS_WAIT), seen_when_stuck},
    {"helgrind", OF_PLAIN_RUNS, judged_plainly},
    {"explore", FAULT_BIT(FAULT_LOCK_ORDER),
     "The explorer looks for the deadlock itself: it reports one when a schedule leads there."},
};

const char *capability_blind(const char *engine, enum fault_kind kind) {
    for (size_t i = 0; i < sizeof blindnesses / sizeof blindnesses[0]; i++)
        if (strcmp(blindnesses[i].engine, engine) == 0 && blindnesses[i].kinds & FAULT_BIT(kind))
            return blindnesses[i].reason;
    return NULL;
}
