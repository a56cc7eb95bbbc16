#include "polled.h"

#include "report.h"
#include "schedule.h"
#include "stuck.h"

#include <string.h>

void interleave_poll_begins(const void *task);
void interleave_poll_begins(const void *task) {
    if (!self)
        return;
    self->polls = true;
    // Nobody else meets this task here: what it shares with others, it shares by other objects.
    struct object object = {.address = (uintptr_t)task, .kind = OBJECT_TASK};
    const struct operation operation = {.name = "polls", .object = &object};
    schedule_note(&operation);
}

void interleave_poll_ends(void);
void interleave_poll_ends(void) {
    if (self)
        self->polls = false;
}

static const char *does(const struct operation *operation) {
    static const struct {
        const char *wait, *does;
    } words[] = {{"time", "sleeps"},
                 {"join", "waits for another thread to end"},
                 {"semaphore", "waits for it"},
                 {"condition", "waits for it"},
                 {"barrier", "waits at it"},
                 {"descriptor", "waits for input"}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(operation->wait, words[i].wait) == 0)
            return words[i].does;
    return "waits";
}

// What it is about to wait for, if that has a name.
static const struct object *waited_for(const struct operation *operation) {
    bool named = !operation->target && strcmp(operation->wait, "descriptor") != 0;
    return named ? operation->object : NULL;
}

static bool is_ready(const struct thread *thread) {
    return set_has(&choices.ready, thread->number);
}

// Input that is there already is no wait. What a semaphore, say, still has, another may take in another
// schedule.
static bool waits(const struct thread *thread) {
    const struct operation *operation = &thread->operation;
    return thread->polls && operation->wait && !stuck_is_lock(operation) &&
           !(strcmp(operation->wait, "descriptor") == 0 && is_ready(thread));
}

bool polled_blocks(const struct thread *thread) {
    return waits(thread) && !is_ready(thread);
}

// The trace ends with the fault, which is told before the operation.
static void show_wait(void) {
    if (!is_ready(self))
        schedule_show_waiting(self);
    else if (channel->plan.trace)
        report_step(self, &self->operation, "", NULL);
}

void polled_look(void) {
    if (!waits(self))
        return;
    show_wait();
    report_fault("blocking-in-async");
    report_part(self->number, self->operation.place, does(&self->operation),
                waited_for(&self->operation), true);
    report_callers(self);
    report_fault_end();
}
