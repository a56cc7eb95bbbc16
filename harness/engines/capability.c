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
