#include "schedule.h"

#include "across_wait.h"
#include "bounds.h"
#include "choose.h"
#include "circles.h"
#include "frames.h"
#include "heap.h"
#include "history.h"
#include "polled.h"
#include "profile.h"
#include "report.h"
#include "strategy.h"
#include "stuck.h"

struct choices choices;
static uint64_t now;
static bool running;

bool schedule_runs(void) {
    return running;
}

uint64_t schedule_now(void) {
    return now;
}

void schedule_pass(uint64_t nanoseconds) {
    now += nanoseconds;
}

// Who can go on

static void settle(struct thread *thread) {
    const struct operation *operation = &thread->operation;
    bool can = !operation->ready || operation->ready(thread);
    set_put(&choices.ready, thread->number, can);
    set_put(&choices.timed, thread->number, !can && operation->deadline);
    set_put(&choices.wakeable, thread->number, !can && operation->may_wake);
    if (!can && operation->deadline)
        choose_deadline(operation->deadline);
}

static void announce(struct thread *thread, const struct operation *operation) {
    struct object *object = operation->object;
    thread->operation = *operation;
    if (object) {
        thread->pending_previous = NULL;
        thread->pending_next = object->pending;
        if (object->pending)
            object->pending->pending_previous = thread;
        object->pending = thread;
    }
    settle(thread);
}

static void withdraw(struct thread *thread) {
    struct object *object = thread->operation.object;
    if (object) {
        if (thread->pending_previous)
            thread->pending_previous->pending_next = thread->pending_next;
        else
            object->pending = thread->pending_next;
        if (thread->pending_next)
            thread->pending_next->pending_previous = thread->pending_previous;
    }
    set_put(&choices.ready, thread->number, false);
    set_put(&choices.timed, thread->number, false);
    set_put(&choices.wakeable, thread->number, false);
}

void schedule_changed(struct object *object) {
    for (struct thread *thread = object->pending; thread; thread = thread->pending_next) {
        bool could = set_has(&choices.ready, thread->number);
        settle(thread);
        if (!could && thread->shown_waiting && set_has(&choices.ready, thread->number))
            report_wakes(thread, false);
        if (thread != self)
            choose_stir(thread->number);
    }
    // Two that both go in circles would keep each other awake.
    if (!self->circled)
        choose_stir_wide();
}

void schedule_replace(struct thread *thread, const struct operation *operation) {
    if (thread->shown_waiting)
        report_wakes(thread, true);
    withdraw(thread);
    announce(thread, operation);
}

void schedule_admit(struct thread *thread) {
    static const struct operation start = {.name = "starts"};
    thread->history = history_mix(self->history, 1);
    announce(thread, &start);
    thread->operation.place = thread->created;
    if (channel->plan.strategy->created)
        channel->plan.strategy->created(thread);
}

void schedule_idle(uint64_t value) {
    if (!running)
        return;
    self->idled = true;
    self->looked = value;
}

// The chosen one does its operation

static const char *const way_notes[] = {
    [WAY_GO] = "", [WAY_TIME_OUT] = "times out", [WAY_SPURIOUS] = "wakes up without a cause"};

// What is only noted counts too: a program that prints on and on makes progress, but must end.
static void count_step(bool progress) {
    struct outcome *outcome = &channel->outcome;
    if (++outcome->steps > channel->plan.most_steps)
        report_end(END_CUT, 0);
    if (progress)
        atomic_store_explicit(&outcome->progress, outcome->steps, memory_order_relaxed);
}

static void take(struct choice choice) {
    struct thread *thread = choice.thread;
    struct outcome *outcome = &channel->outcome;
    const struct operation *operation = &thread->operation;
    withdraw(thread);
    thread->way = choice.way;
    thread->shown_waiting = false;
    if (choice.way == WAY_TIME_OUT && operation->deadline > now)
        now = operation->deadline;
    choose_time_passed();
    if (choice.way == WAY_SPURIOUS)
        choices.spurious_left--;
    choose_stir(thread->number);
    history_add(thread, operation, choice.way);
    outcome->trace_hash = history_mix(outcome->trace_hash, (uint64_t)operation->place << 16 ^
                                                               thread->number << 2 ^ choice.way);
    count_step(!operation->busy);
    thread->steps++;
    thread->plain = 0;
    if (channel->plan.trace)
        report_step(thread, operation, way_notes[choice.way], &choice);
    if (channel->plan.profile)
        profile_count(thread);
    if (channel->plan.strategy->moved)
        channel->plan.strategy->moved(thread);
}

// `changed`: what it did last was more than looking.
static void rest_if_needed(const struct operation *operation, bool changed) {
    bool wide;
    enum circle circle = circles_look(self, operation, changed, &wide);
    if (changed)
        choose_progressed();
    self->idled = false;
    if (circle != CIRCLE_NONE) {
        choose_rest(self->number, wide, circle == CIRCLE_ROUGH);
        channel->outcome.beyond_bound |= circle == CIRCLE_ROUGH;
    }
    if ((operation->yields || circle != CIRCLE_NONE) && channel->plan.strategy->yielded)
        channel->plan.strategy->yielded(self);
}

void schedule_show_waiting(struct thread *thread) {
    if (channel->plan.trace && !thread->shown_waiting)
        report_step(thread, &thread->operation, "must wait", NULL);
    thread->shown_waiting = true;
}

// What it acts upon must not have been freed meanwhile. Accesses are looked at by themselves.
static void check_object(const struct operation *operation) {
    const struct object *object = operation->object;
    if (object && heap_has(object->address) && object->kind != OBJECT_MEMORY &&
        object->kind != OBJECT_ATOMIC)
        bounds_check(object->address, 1, operation->name, operation->place);
}

enum way schedule_visit(const struct operation *operation) {
    if (!running || !self)
        return WAY_GO;
    bool changed =
        !self->idled && !self->operation.balanced && (!self->operation.busy || self->wrote);
    self->call = operation->place;
    self->frames = frames_of_program(operation->place);
    announce(self, operation);
    if (operation->deadline)
        history_saw(self, operation->deadline);
    rest_if_needed(operation, changed);
    if (self->polls)
        polled_look();
    if (!set_has(&choices.ready, self->number)) {
        schedule_show_waiting(self);
        stuck_look_for_cycle();
        across_wait_look();
    }
    struct choice choice = choose(self);
    take(choice);
    if (choice.thread != self)
        thread_switch(choice.thread);
    check_object(&self->operation);
    if (self->interrupt && !operation->cancelled)
        self->interrupt(operation->place);
    return self->way;
}

void schedule_note(const struct operation *operation) {
    if (!running || !self)
        return;
    self->call = operation->place;
    count_step(true);
    history_add(self, operation, WAY_GO);
    if (channel->plan.trace)
        report_step(self, operation, "", NULL);
}

void schedule_retire(void) {
    struct choice choice = choose(self);
    take(choice);
    thread_leave(choice.thread);
}

void schedule_begin(void) {
    choices.spurious_left = channel->plan.spurious;
    thread_begin(thread_new(0));
    atomic_store_explicit(&channel->outcome.runner, self->kernel_id, memory_order_relaxed);
    running = true;
    strategy_seed(channel->plan.seed);
    if (channel->plan.strategy->begin)
        channel->plan.strategy->begin();
}
