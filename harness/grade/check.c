#include "check.h"

#include <string.h>

// As macros, so that the compiler can count them.
#define BUILDS FAULT_BIT(FAULT_COMPILE_ERROR)
#define RESULT \
    (FAULT_BIT(FAULT_WRONG_RESULT) | FAULT_BIT(FAULT_WRONG_EXIT) | FAULT_BIT(FAULT_WRONG_OUTPUT) | \
     FAULT_BIT(FAULT_CRASH) | FAULT_BIT(FAULT_TIMEOUT) | FAULT_BIT(FAULT_OUTPUT_LIMIT))
#define RACE (FAULT_BIT(FAULT_DATA_RACE) | FAULT_BIT(FAULT_THREAD_SAFETY))
#define PROGRESS \
    (FAULT_BIT(FAULT_DEADLOCK) | FAULT_BIT(FAULT_DOUBLE_LOCK) | FAULT_BIT(FAULT_STUCK_WAIT) | \
     FAULT_BIT(FAULT_LOCK_ORDER) | FAULT_BIT(FAULT_LOCK_ACROSS_WAIT) | \
     FAULT_BIT(FAULT_BLOCKING_IN_ASYNC))
#define MEMORY \
    (FAULT_BIT(FAULT_USE_AFTER_FREE) | FAULT_BIT(FAULT_DOUBLE_FREE) | FAULT_BIT(FAULT_LEAK) | \
     FAULT_BIT(FAULT_STACK_ESCAPE) | FAULT_BIT(FAULT_BUFFER_OVERFLOW) | \
     FAULT_BIT(FAULT_UNDEFINED_BEHAVIOUR) | FAULT_BIT(FAULT_MEMORY_GROWTH))
#define MANNERS (FAULT_BIT(FAULT_LOCK_MISUSE) | FAULT_BIT(FAULT_THREAD_LEAK))

#define ALL_KINDS (FAULT_BIT(FAULT_KINDS) - 1)
_Static_assert((BUILDS | RESULT | RACE | PROGRESS | MEMORY | MANNERS) == ALL_KINDS,
               "a kind of fault belongs to no check");
// Bits that nobody shares add up to what they are together.
_Static_assert(BUILDS + RESULT + RACE + PROGRESS + MEMORY + MANNERS == ALL_KINDS,
               "a kind of fault belongs to two checks");

const struct check_word check_words[CHECKS] = {
    [CHECK_BUILDS] = {"builds", "it compiles and links with the driver", BUILDS, " "},
    [CHECK_RESULT] = {"result", "it gives the right result, to its end, on every schedule tried",
                      RESULT, " native "},
    [CHECK_RACE] = {"race", "no data race, and no guarded data without its lock", RACE,
                    " tsan helgrind "},
    [CHECK_PROGRESS] = {"progress",
                        "no deadlock, no wait without end, no waiting while others need "
                        "the lock",
                        PROGRESS, " native tsan helgrind "},
    [CHECK_MEMORY] = {"memory", "memory is used while it lives, within its bounds, and given back",
                      MEMORY, " native asan "},
    [CHECK_MANNERS] = {"manners", "locks and threads are used by their rules", MANNERS,
                       " tsan helgrind "},
};

const fault_set check_ends_run = FAULT_BIT(FAULT_DEADLOCK) | FAULT_BIT(FAULT_DOUBLE_LOCK) |
                                 FAULT_BIT(FAULT_STUCK_WAIT) | FAULT_BIT(FAULT_CRASH) |
                                 FAULT_BIT(FAULT_TIMEOUT) | FAULT_BIT(FAULT_OUTPUT_LIMIT);

enum check check_named(const char *name) {
    for (int check = 0; check < CHECKS; check++)
        if (strcmp(check_words[check].name, name) == 0)
            return (enum check)check;
    return CHECKS;
}

enum check check_of(enum fault_kind kind) {
    int check = 0;
    while (!(check_words[check].kinds & FAULT_BIT(kind)))
        check++;
    return (enum check)check;
}

unsigned check_set(fault_set kinds) {
    unsigned set = 0;
    for (int check = 0; check < CHECKS; check++)
        if (check_words[check].kinds & kinds)
            set |= 1U << check;
    return set;
}
