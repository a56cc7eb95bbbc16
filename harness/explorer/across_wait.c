#include "across_wait.h"

#include "report.h"
#include "schedule.h"
#include "stuck.h"

#include <string.h>

static const char *does(const struct operation *operation) {
    static const struct {
        const char *wait, *does;
    } words[] = {{"time", "sleeps, holding it"},
                 {"join", "waits for a thread to end, holding it"},
                 {"semaphore", "waits for a semaphore, holding it"},
                 {"condition", "waits for a condition, holding it"},
                 {"barrier", "waits at a barrier, holding it"},
                 {"descriptor", "waits for a descriptor, holding it"}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(operation->wait, words[i].wait) == 0)
            return words[i].does;
    return "waits, holding it";
}

static bool waits(const struct thread *thread) {
    return !thread->ended && thread->operation.wait && !stuck_is_lock(&thread->operation) &&
           !set_has(&choices.ready, thread->number);
}

static void report(const struct thread *holder, const struct held *held,
                   const struct thread *other) {
    report_fault("lock-across-wait");
    report_weak();
    report_object("object", held->object);
    report_part(holder->number, holder->operation.place, does(&holder->operation), NULL, false);
    report_part(holder->number, held->place, "has locked it", NULL, false);
    report_part(other->number, other->operation.place, "must wait for it", NULL, false);
    report_fault_end();
}

static void look_at_owner(const struct object *mutex) {
    const struct thread *owner = mutex->owner;
    const struct held *held =
        owner && owner != self && waits(owner) ? thread_holds(owner, mutex) : NULL;
    if (held)
        report(owner, held, self);
}

static void look_at_held(const struct held *held) {
    for (const struct thread *other = held->object->pending; other; other = other->pending_next)
        if (other != self && stuck_is_lock(&other->operation) && !other->operation.deadline &&
            !set_has(&choices.ready, other->number)) {
            report(self, held, other);
            return;
        }
}

void across_wait_look(void) {
    const struct operation *operation = &self->operation;
    if (stuck_is_lock(operation)) {
        if (operation->object->kind == OBJECT_MUTEX && !operation->deadline)
            look_at_owner(operation->object);
        return;
    }
    for (size_t i = 0; waits(self) && i < self->held_count; i++)
        if (self->held[i].object->kind == OBJECT_MUTEX)
            look_at_held(&self->held[i]);
}
