#include "choose.h"

#include "descriptor.h"
#include "hand.h"
#include "history.h"
#include "report.h"
#include "strategy.h"
#include "stuck.h"

enum {
    SPINS_MOST = 1000,   // in a row by threads that all only spin: none makes progress
    SPINS_BUSY = 32,     // of these for one after a long run of accesses
    SPIN_TIME = 1000000, // virtual nanoseconds that pass at the first of these
    SPINS_DOUBLE = 64,   // so many later it is twice as much: some wait for an hour in this way
    SLACK = 100000000,   // virtual nanoseconds by which a thread may come late
    ODD_ONE_IN = 16,     // random schedules: a time-out or a wake-up though others can run
};

static struct set candidates;
static struct thread *first_timed; // when nobody can go on: whose time comes first
static struct set spinning;        // not before the object that they look at has changed
static struct set roaming;         // of these: not before any object has
static struct set guessed;         // of these: may be doing something useful after all
static uint64_t due_from;          // no time-out is due before
static uint64_t patience = SLACK;  // until then a wait may time out though others could go on
static unsigned spins;
static unsigned given; // departures of the plan that were taken

static uint64_t max(uint64_t a, uint64_t b) {
    return a > b ? a : b;
}

void choose_rest(unsigned number, bool wide, bool is_guessed) {
    set_put(&spinning, number, true);
    set_put(&roaming, number, wide);
    set_put(&guessed, number, is_guessed);
}

void choose_stir(unsigned number) {
    set_put(&spinning, number, false);
    set_put(&roaming, number, false);
    set_put(&guessed, number, false);
}

void choose_stir_wide(void) {
    SET_EACH(&roaming, number)
        choose_stir(number);
}

void choose_progressed(void) {
    spins = 0;
}

void choose_deadline(uint64_t deadline) {
    if (deadline < due_from)
        due_from = deadline;
}

void choose_time_passed(void) {
    patience = max(patience, schedule_now());
}

static void consider(void) {
    candidates.words = choices.ready.words;
    candidates.count = 0;
    for (unsigned i = 0; i < candidates.words; i++) {
        candidates.bits[i] = choices.ready.bits[i] & ~spinning.bits[i];
        candidates.count += (unsigned)__builtin_popcountll(candidates.bits[i]);
    }
}

static void find_first_timed(void) {
    first_timed = NULL;
    SET_EACH(&choices.timed, number) {
        struct thread *thread = thread_numbered(number);
        if (!first_timed || thread->operation.deadline < first_timed->operation.deadline)
            first_timed = thread;
    }
}

// A sleep orders nothing: it may end while others could go on, however long it is. A wait with a time-out
// is another matter. A right program may give up after ten seconds in which nothing came, so others are
// not kept waiting for as long as that: a time-out comes when nobody can go on, or within some slack.
static bool may_time_out(const struct thread *thread) {
    return thread->operation.sleeps || thread->operation.deadline <= patience;
}

// Nobody has anything better to do than to look again.
static void let_them_spin(void) {
    if (!guessed.count && (spins += self->operation.busy ? SPINS_BUSY : 1) > SPINS_MOST &&
        !descriptor_awaits_outside())
        stuck_report(true);
    schedule_pass((uint64_t)SPIN_TIME << spins / SPINS_DOUBLE);
    choose_time_passed();
    set_clear(&spinning);
    set_clear(&roaming);
    set_clear(&guessed);
    consider();
}

const struct set *choose_candidates(void) {
    return &candidates;
}

static struct choice choose_without_departure(struct thread *current) {
    if (candidates.count) {
        bool stays = set_has(&candidates, current->number) && !current->operation.yields;
        struct thread *thread =
            stays ? current : thread_numbered(set_round(&candidates, current->number));
        return (struct choice){.thread = thread, .way = WAY_GO};
    }
    return (struct choice){.thread = first_timed, .way = WAY_TIME_OUT};
}

bool choose_can(unsigned number, enum way way) {
    return number < THREADS_MOST &&
           set_has(way == WAY_GO         ? &candidates
                   : way == WAY_TIME_OUT ? &choices.timed
                                         : &choices.wakeable,
                   number) &&
           (way != WAY_TIME_OUT || may_time_out(thread_numbered(number)));
}

static bool find_given(const struct thread *current, struct choice *choice) {
    const struct plan *plan = &channel->plan;
    for (unsigned i = given; i < plan->departures && i < given + 64; i++) {
        const struct departure *departure = &channel->given[i];
        if (departure->thread != current->number || departure->step != current->steps)
            continue;
        given = i + 1;
        if (!choose_can(departure->next, departure->way))
            return false;
        *choice =
            (struct choice){.thread = thread_numbered(departure->next), .way = departure->way};
        return true;
    }
    return false;
}

static bool interrupts(const struct thread *current, const struct thread *next) {
    return next != current && set_has(&candidates, current->number) && !current->operation.yields;
}

// What another choice costs: who is interrupted though it could go on is preempted; and so is the
// natural course of things when time, or nothing at all, wakes a thread while others can run, or later
// than it should.
static unsigned cost(const struct thread *current, const struct thread *next, enum way way) {
    return interrupts(current, next) ||
           (way == WAY_TIME_OUT && (candidates.count || next != first_timed)) ||
           way == WAY_SPURIOUS;
}

// Is a step that leads to the same taken already, or listed to be taken? Those who are put aside are part
// of where it leads.
static bool was_listed(struct choice choice, unsigned price) {
    const struct operation *operation = &choice.thread->operation;
    uint64_t then = choice.way == WAY_TIME_OUT ? max(schedule_now(), operation->deadline)
                                               : schedule_now(),
             aside = 0;
    uint64_t step = history_after(choice.thread, choice.way);
    SET_EACH(&spinning, number) {
        unsigned how = set_has(&roaming, number) | (unsigned)set_has(&guessed, number) << 1;
        if (number != choice.thread->number)
            aside += history_mix(thread_numbered(number)->history, how);
    }
    step = history_mix(step, aside);
    step = history_mix(step, choices.spurious_left - (choice.way == WAY_SPURIOUS));
    step = history_mix(history_mix(step, then), max(patience, then));
    return history_met(step, channel->plan.bound - channel->outcome.preemptions - price);
}

static void list_alternatives(const struct thread *current, struct choice chosen) {
    static const struct {
        const struct set *set;
        enum way way;
    } kinds[] = {
        {&candidates, WAY_GO}, {&choices.timed, WAY_TIME_OUT}, {&choices.wakeable, WAY_SPURIOUS}};
    struct outcome *outcome = &channel->outcome;
    for (int i = 0; i < 3; i++) {
        if (kinds[i].way == WAY_SPURIOUS && !choices.spurious_left)
            continue;
        SET_EACH(kinds[i].set, number) {
            struct thread *thread = thread_numbered(number);
            unsigned price = cost(current, thread, kinds[i].way);
            if ((thread == chosen.thread && kinds[i].way == chosen.way) ||
                !choose_can(number, kinds[i].way))
                continue;
            if (outcome->preemptions + price > channel->plan.bound ||
                outcome->alternatives == ALTERNATIVES_MOST) {
                outcome->beyond_bound = true;
                continue;
            }
            if (channel->plan.reduction &&
                was_listed((struct choice){.thread = thread, .way = kinds[i].way}, price))
                continue;
            channel->alternative[outcome->alternatives++] =
                (struct alternative){{current->steps, (uint16_t)current->number,
                                      (uint16_t)number & 0x3fff, kinds[i].way & 3},
                                     outcome->preemptions + price,
                                     outcome->departures};
        }
    }
}

// Has this beginning, in an equivalent order, been explored with as many preemptions left?
static bool was_met(const struct thread *current) {
    uint64_t beginning = history_now();
    if (set_has(&candidates, current->number))
        beginning = history_mix(beginning, current->history);
    for (unsigned i = 0; i < candidates.words; i++)
        beginning = history_mix(beginning, candidates.bits[i]);
    beginning = history_mix(history_mix(beginning, choices.spurious_left), schedule_now());
    beginning = history_mix(beginning, patience);
    return history_met(beginning, channel->plan.bound - channel->outcome.preemptions);
}

static struct choice choose_bounded(struct thread *current) {
    struct choice choice = choose_without_departure(current);
    bool beyond = given == channel->plan.departures;
    if (find_given(current, &choice) || !beyond || !channel->plan.alternatives)
        return choice;
    if (channel->plan.reduction && was_met(current))
        report_end(END_PRUNED, 0);
    list_alternatives(current, choice);
    if (channel->plan.reduction && was_listed(choice, 0))
        report_end(END_PRUNED, 0);
    return choice;
}

static struct choice choose_by_hand(struct thread *current) {
    struct choice usual = choose_without_departure(current), choice = usual;
    bool departs = find_given(current, &choice);
    bool last = departs && given == channel->plan.departures;
    if (last && choice.thread == usual.thread && choice.way == usual.way)
        hand_ask(current, usual);
    if (!hand_goes_on(&choice))
        hand_ask(current, usual);
    hand_record(choice);
    return choice;
}

// Now and then the unlikely happens: a time-out, or a wake-up without a cause.
static bool choose_odd(struct choice *choice) {
    unsigned wakeable = choices.spurious_left ? choices.wakeable.count : 0;
    unsigned odd = choices.timed.count + wakeable;
    if (!odd || strategy_below(ODD_ONE_IN) != 0)
        return false;
    unsigned index = strategy_below(odd);
    bool time_out = index < choices.timed.count;
    unsigned number = time_out ? set_member(&choices.timed, index)
                               : set_member(&choices.wakeable, index - choices.timed.count);
    *choice = (struct choice){.thread = thread_numbered(number),
                              .way = time_out ? WAY_TIME_OUT : WAY_SPURIOUS};
    return choose_can(number, choice->way);
}

// Those whose time has come may go on as well as those that wait for nothing.
static void add_due(struct set *open) {
    due_from = UINT64_MAX;
    SET_EACH(&choices.timed, number) {
        uint64_t deadline = thread_numbered(number)->operation.deadline;
        if (deadline <= schedule_now())
            set_put(open, number, true);
        else if (deadline < due_from)
            due_from = deadline;
    }
    if (open->count > candidates.count)
        due_from = schedule_now();
}

static struct choice choose_at_random(struct thread *current) {
    struct choice choice;
    if (choose_odd(&choice))
        return choice;
    if (!candidates.count)
        return choose_without_departure(current);
    if (!choices.timed.count || schedule_now() < due_from)
        return (struct choice){.thread = channel->plan.strategy->choose(&candidates, current),
                               .way = WAY_GO};
    struct set open = candidates;
    add_due(&open);
    struct thread *thread = channel->plan.strategy->choose(&open, current);
    return (struct choice){.thread = thread,
                           .way = set_has(&candidates, thread->number) ? WAY_GO : WAY_TIME_OUT};
}

static void record(struct thread *current, struct choice choice) {
    struct outcome *outcome = &channel->outcome;
    struct choice usual = choose_without_departure(current);
    if (usual.thread == choice.thread && usual.way == choice.way)
        return;
    outcome->preemptions += choice.counts;
    if (outcome->departures == DEPARTURES_MOST)
        report_end(END_CUT, 0);
    channel->taken[outcome->departures++] =
        (struct departure){current->steps, (uint16_t)current->number,
                           (uint16_t)choice.thread->number & 0x3fff, choice.way & 3};
}

// Nobody can go on but those who look again: is it time for the first time-out? A wait must not time out
// while somebody may be doing something useful after all.
static bool time_should_pass(void) {
    return first_timed && (first_timed->operation.sleeps || !guessed.count ||
                           first_timed->operation.deadline <= schedule_now());
}

struct choice choose(struct thread *current) {
    consider();
    if (!candidates.count)
        find_first_timed();
    while (!candidates.count && choices.ready.count && !time_should_pass())
        let_them_spin();
    while (!candidates.count && !choices.timed.count && descriptor_awaits_outside())
        consider();
    if (!candidates.count && !choices.timed.count)
        stuck_report(false);
    if (!candidates.count)
        patience = max(first_timed->operation.deadline, schedule_now()) + SLACK;
    struct choice choice = channel->plan.hand               ? choose_by_hand(current)
                           : channel->plan.strategy->random ? choose_at_random(current)
                                                            : choose_bounded(current);
    choice.counts = cost(current, choice.thread, choice.way);
    choice.preempts = interrupts(current, choice.thread);
    record(current, choice);
    return choice;
}
