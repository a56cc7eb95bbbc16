#include "stuck.h"

#include "polled.h"
#include "report.h"
#include "schedule.h"

#include <string.h>

static bool is(const struct operation *operation, const char *wait) {
    return operation->wait && strcmp(operation->wait, wait) == 0;
}

bool stuck_is_lock(const struct operation *operation) {
    static const char *const locks[] = {"mutex",      "spin lock", "read lock",
                                        "write lock", "once",      "stream"};
    for (size_t i = 0; i < sizeof locks / sizeof locks[0]; i++)
        if (is(operation, locks[i]))
            return true;
    return false;
}

// Who has to move before this thread can; NULL when that is not one certain thread.
static const struct thread *awaited(const struct thread *thread) {
    const struct operation *operation = &thread->operation;
    if (operation->target)
        return operation->target;
    if (!stuck_is_lock(operation))
        return NULL;
    if (operation->object->owner)
        return operation->object->owner;
    // A reader whom a read-write lock does not let pass a writer that waits.
    for (const struct thread *next = operation->object->pending; next; next = next->pending_next)
        if (is(operation, "read lock") && is(&next->operation, "write lock"))
            return next;
    // A read-write lock that readers hold: the thread itself first, since it would wait for itself.
    if (thread_holds(thread, operation->object))
        return thread;
    for (unsigned i = 0; i < thread_count(); i++)
        if (thread_holds(thread_numbered(i), operation->object))
            return thread_numbered(i);
    return NULL;
}

static const char *holder_state(const struct thread *holder) {
    return holder->ended ? "ended" : "alive";
}

const struct thread *stuck_awaited(const struct thread *thread, uint32_t *since) {
    const struct operation *operation = &thread->operation;
    const struct thread *holder = awaited(thread);
    const struct held *held =
        holder && stuck_is_lock(operation) ? thread_holds(holder, operation->object) : NULL;
    *since = held ? held->place : 0;
    return holder;
}

static void report_waiting(const struct thread *thread) {
    uint32_t since;
    const struct thread *holder = stuck_awaited(thread, &since);
    report_waiter(thread, holder, since, holder ? holder_state(holder) : "none");
}

static _Noreturn void report_hang(const char *word) {
    report_word("hang", word);
    report_fault_end();
    report_end(END_FAULT, 0);
}

// Each thread waits for at most one other, so a walk of as many steps as there are threads is on a cycle
// if there is one.
static const struct thread *on_cycle(const struct thread *thread) {
    for (unsigned step = 0; thread && step <= thread_count(); step++) {
        if (thread->ended || set_has(&choices.ready, thread->number) ||
            thread->operation.deadline || thread->operation.may_end)
            return NULL;
        thread = awaited(thread);
    }
    return thread;
}

static _Noreturn void report_cycle(const struct thread *at) {
    const struct thread *first = at;
    unsigned length = 1;
    schedule_show_waiting(thread_numbered(at->number));
    for (const struct thread *next = awaited(at); next != at; next = awaited(next), length++) {
        first = next->number < first->number ? next : first;
        schedule_show_waiting(thread_numbered(next->number));
    }
    report_fault(length == 1 ? "double-lock" : "deadlock");
    at = first; // the same cycle is always told from the same thread on
    do {
        report_waiting(at);
        at = awaited(at);
    } while (at != first);
    report_hang(length == 1 ? "self" : "cycle");
}

void stuck_look_for_cycle(void) {
    const struct thread *thread = on_cycle(self);
    if (thread)
        report_cycle(thread);
}

// The holder of a lock that another thread wants, itself waiting for something that is not a lock.
static const struct thread *across_wait(void) {
    for (unsigned i = 0; i < thread_count(); i++) {
        const struct thread *thread = thread_numbered(i);
        if (thread->ended || !stuck_is_lock(&thread->operation))
            continue;
        const struct thread *holder = awaited(thread);
        if (holder && !holder->ended && !stuck_is_lock(&holder->operation) &&
            !set_has(&choices.ready, holder->number))
            return holder;
    }
    return NULL;
}

static bool any_orphan(void) {
    for (unsigned i = 0; i < thread_count(); i++) {
        const struct thread *thread = thread_numbered(i);
        const struct thread *holder =
            !thread->ended && stuck_is_lock(&thread->operation) ? awaited(thread) : NULL;
        if (holder && holder->ended)
            return true;
    }
    return false;
}

// The telling ones first: who holds what others want, then who waits for a lock, for anything else, and
// for a thread to end.
static unsigned rank(const struct thread *thread, const struct thread *culprit) {
    return thread == culprit                   ? 0
           : thread->operation.target          ? 3
           : stuck_is_lock(&thread->operation) ? 1
                                               : 2;
}

_Noreturn void stuck_report(bool spinning) {
    const struct thread *culprit = NULL;
    for (unsigned i = 0; i < thread_count(); i++) {
        const struct thread *thread = on_cycle(thread_numbered(i));
        if (thread)
            report_cycle(thread);
    }
    for (unsigned i = 0; i < thread_count(); i++)
        if (!thread_numbered(i)->ended && polled_blocks(thread_numbered(i)))
            report_end(END_FAULT, 0); // no other task on its thread can go on, and that was told
    culprit = across_wait();
    bool orphan = any_orphan();
    for (unsigned i = 0; i < thread_count(); i++)
        if (!thread_numbered(i)->ended && !set_has(&choices.ready, i))
            schedule_show_waiting(thread_numbered(i));
    report_fault(culprit ? "lock-across-wait" : spinning && !orphan ? "timeout" : "stuck-wait");
    for (unsigned level = 0; level <= 3; level++)
        for (unsigned i = 0; i < thread_count(); i++) {
            const struct thread *thread = thread_numbered(i);
            if (!thread->ended && rank(thread, culprit) == level)
                report_waiting(thread);
        }
    report_hang(culprit ? "across-wait" : orphan ? "orphan" : spinning ? "spinning" : "all-asleep");
}
