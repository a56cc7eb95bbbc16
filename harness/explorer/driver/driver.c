#include "driver.h"

#include "arena.h"
#include "by_hand.h"
#include "campaign.h"
#include "heap.h"
#include "history.h"
#include "listing.h"
#include "settings.h"
#include "shrink.h"
#include "signals.h"
#include "spell.h"
#include "stacks.h"
#include "summary.h"
#include "verdict.h"
#include "worker.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <unistd.h>

static void (*start_program)(void);
static _Atomic uint64_t *next_seed;

// The same addresses every time, for programs whose course depends on them. And all names are bound at
// once, or each schedule would look up for itself every function that it is the first to call.
static void fix_addresses(char **argv) {
    int now = personality(0xffffffff);
    if (now < 0 || now & ADDR_NO_RANDOMIZE || personality((unsigned)now | ADDR_NO_RANDOMIZE) < 0)
        return;
    setenv("LD_BIND_NOW", "1", 1);
    execv("/proc/self/exe", argv);
}

// Phases

static uint32_t at_most(uint32_t number, uint32_t most) {
    return number < most ? number : most;
}

static int by_object(const void *a, const void *b) {
    const struct count *first = a, *second = b;
    if (first->object != second->object)
        return first->object < second->object ? -1 : 1;
    return (first->thread > second->thread) - (first->thread < second->thread);
}

static void keep_profile(void) {
    const struct outcome *outcome = &channel->outcome;
    campaign->counts = at_most(outcome->counts, COUNTS_MOST);
    campaign->kin = at_most(outcome->kin, KIN_MOST);
    campaign->profile_steps = outcome->steps;
    memcpy(campaign->profile, channel->profile, campaign->counts * sizeof channel->profile[0]);
    memcpy(campaign->family, channel->kin, campaign->kin * sizeof channel->kin[0]);
    qsort(campaign->profile, campaign->counts, sizeof campaign->profile[0], by_object);
}

static void run_default(void) {
    struct attempt attempt;
    campaign_plan(strategy_named("bounded"), 0);
    channel->plan.profile = true;
    campaign_attempt(&attempt);
    keep_profile();
}

static void push_alternatives(void) {
    uint32_t count = channel->outcome.alternatives;
    if (campaign->bounds_over)
        return;
    for (uint32_t i = 0; i < count && i < ALTERNATIVES_MOST; i++) {
        const struct alternative *alternative = &channel->alternative[i];
        if (alternative->before > DEPARTURES_MOST)
            continue;
        if (!campaign_push(channel->taken, alternative->before, &alternative->departure)) {
            campaign->bounds_over = true; // there is no room for what is left to try
            campaign_clear();
            return;
        }
    }
}

// The schedules of one bound after those of the one before; the caller holds the lock.
static void begin_bound(unsigned bound) {
    campaign->bound = bound;
    campaign->bound_sites = campaign->sites;
    campaign->beyond_bound = false;
    campaign_clear();
    history_clear();
    campaign_push(channel->given, 0, NULL);
}

// The stack is empty, and nobody is going to add to it.
static void end_bound(void) {
    if (campaign->bounds_over)
        return;
    if (campaign->bound_sites != campaign->sites) { // there are more choices than it knew of
        begin_bound(campaign->bound);
        return;
    }
    campaign->bounds_done = campaign->bound + 1;
    campaign->exhausted = !campaign->beyond_bound;
    campaign->bounds_over = campaign->exhausted || campaign->bounds_done > settings.preemptions ||
                            campaign->bounds_done == BOUNDS_MOST;
    if (!campaign->bounds_over)
        begin_bound(campaign->bounds_done);
}

static void plan_bounded(void) {
    campaign_plan(strategy_named("bounded"), 0);
    channel->plan.bound = campaign->bound;
    channel->plan.alternatives = true;
    channel->plan.reduction = settings.reduction;
}

// Plans the next schedule of the bound. False when there is none now, but others may still add some.
static bool next_bounded(void) {
    campaign_lock();
    if (!campaign->stack_used && !campaign->busy)
        end_bound();
    plan_bounded();
    bool popped = !campaign->bounds_over && campaign_pop();
    campaign->busy += popped;
    campaign_unlock();
    return popped;
}

static bool run_bounded(void) {
    struct attempt attempt;
    bool go_on = campaign_attempt(&attempt);
    campaign_lock();
    push_alternatives();
    campaign->by_bound[campaign->bound] += attempt.end != END_PRUNED;
    if (attempt.end == END_CUT)
        campaign->beyond_bound = true;
    campaign->busy--;
    campaign_unlock();
    return go_on;
}

// A fault ends the exploration.
static bool is_enough(void) {
    return campaign->exhausted || campaign->strong;
}

static void work_bounded(void) {
    bool go_on = true;
    while (go_on && !is_enough() && !campaign->bounds_over) {
        if (next_bounded())
            go_on = run_bounded();
        else
            usleep(50);
    }
}

static const char *const rotation[] = {"surw", "pos", "surw", "pct", "surw", "random"};

static bool run_random(const char *strategy, uint64_t index) {
    struct attempt attempt;
    campaign_plan(strategy_named(strategy), settings.seed * 1000003 + index);
    return campaign_attempt(&attempt);
}

static void work_random(void) {
    while (run_random(settings.strategy, atomic_fetch_add(next_seed, 1)) && !is_enough())
        ;
}

// Every other schedule is one of the bounded, as long as there are any. A fault that needs few
// preemptions in a small program, and one that needs many threads in a certain order, are then both met
// early; and a program that is small enough is explored to its end all the same.
static void work_by_turns(void) {
    bool go_on = true;
    for (bool odd = true; go_on && !is_enough(); odd = !odd) {
        if (!odd && !campaign->bounds_over && next_bounded()) {
            go_on = run_bounded();
        } else {
            uint64_t index = atomic_fetch_add(next_seed, 1);
            go_on = run_random(rotation[index % (sizeof rotation / sizeof rotation[0])], index);
        }
    }
}

// How rare is what was found? So many schedules at random tell.
static void work_rarity(void) {
    struct attempt attempt;
    do {
        uint64_t index = atomic_fetch_add(next_seed, 1);
        if (atomic_fetch_add(&campaign->measured, 1) >= settings.rarity) {
            atomic_fetch_sub(&campaign->measured, 1);
            return;
        }
        campaign_plan(strategy_named("random"), settings.seed * 7000003 + index);
    } while (campaign_attempt(&attempt));
}

static void measure_rarity(void) {
    for (uint32_t i = 0; i < campaign->findings; i++)
        campaign->finding[i].hits = 0;
    settings.schedules = UINT64_MAX;
    campaign->deadline = campaign_now() + settings.seconds / 2;
    if (!campaign->stop)
        workers_run(settings.jobs, start_program, work_rarity);
}

static void explore(void) {
    const struct strategy *one = strategy_named(settings.strategy);
    campaign->deadline = campaign_now() + settings.seconds;
    run_default();
    begin_bound(0);
    if (!campaign->stop)
        workers_run(settings.jobs, start_program,
                    !one          ? work_by_turns
                    : one->random ? work_random
                                  : work_bounded);
    if (campaign->findings && settings.rarity)
        measure_rarity();
}

// The same operations with the same fault, or the same end.
static bool goes_as(const struct outcome *first) {
    struct attempt attempt;
    attempt_run(&attempt);
    const struct outcome *now = &channel->outcome;
    bool shows = !campaign->findings || verdict_shows(&attempt, campaign->finding[0].key);
    return shows && now->trace_hash == first->trace_hash && now->end == first->end &&
           now->exit_status == first->exit_status;
}

static void repeat_schedule(void) {
    const struct outcome first = channel->outcome;
    campaign->same = 1;
    for (unsigned i = 1; i < settings.repeat; i++)
        campaign->same += goes_as(&first);
}

static const char *replay(void) {
    struct attempt attempt;
    campaign_plan(strategy_named("bounded"), 0);
    const char *problem = spell_read(settings.schedule);
    channel->plan.spurious = UINT32_MAX;
    channel->plan.trace = true;
    channel->plan.slowest = 1; // others came to their end, or this one would not have been a fault
    if (problem)
        return problem;
    campaign_attempt(&attempt);
    if (settings.repeat > 1)
        repeat_schedule();
    return NULL;
}

enum { SURVEY_LEAST = 20, SURVEY_OPERATIONS = 100000 }; // schedules at least; of all of them

// Which accesses race? Those are choices for a person who drives. Whatever the schedules show, they go on;
// they are the same ones every time.
static void survey(void) {
    bool go_on = true;
    campaign->deadline = campaign_now() + settings.seconds;
    run_default();
    for (uint64_t i = 0;
         go_on && !campaign->stop && (i < SURVEY_LEAST || campaign->steps < SURVEY_OPERATIONS); i++)
        go_on = run_random(rotation[i % (sizeof rotation / sizeof rotation[0])], i);
}

static const char *prepare(const char *path) {
    const char *problem = settings_read(path);
    if (problem)
        return problem;
    if (arena_open() != 0 || heap_open() != 0 || history_open() != 0 || stacks_open() != 0)
        return "there is no memory for the explorer";
    problem = campaign_open();
    signals_prepare();
    if (!problem)
        problem = attempt_prepare(start_program);
    next_seed = &campaign->next_seed;
    worker_pin(0);
    return problem;
}

_Noreturn void driver_run(const char *path, char **argv, void (*start)(void)) {
    start_program = start;
    fix_addresses(argv);
    mallopt(M_ARENA_MAX, 1);
    const char *problem = prepare(path);
    unsetenv("INTERLEAVE_EXPLORE");
    unsetenv("LD_BIND_NOW");
    if (!problem && settings.list) {
        listing_write();
        _exit(0);
    }
    if (!problem && strcmp(settings.strategy, "replay") == 0)
        problem = replay();
    else if (!problem && strcmp(settings.strategy, "hand") == 0)
        problem = by_hand_run();
    else if (!problem && strcmp(settings.strategy, "survey") == 0)
        survey();
    else if (!problem)
        explore();
    summary_write(problem);
    _exit(0);
}
