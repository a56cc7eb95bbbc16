#include "driver.h"

#include "arena.h"
#include "campaign.h"
#include "history.h"
#include "settings.h"
#include "shrink.h"
#include "signals.h"
#include "spell.h"
#include "stacks.h"
#include "summary.h"
#include "worker.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <unistd.h>

static void (*start_program)(void);
static unsigned bound;
static _Atomic uint64_t *next_seed;

// The same addresses every time, for programs whose course depends on them.
static void fix_addresses(char **argv) {
    int now = personality(0xffffffff);
    if (now < 0 || now & ADDR_NO_RANDOMIZE || personality((unsigned)now | ADDR_NO_RANDOMIZE) < 0)
        return;
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
    for (uint32_t i = 0; i < count && i < ALTERNATIVES_MOST; i++) {
        const struct alternative *alternative = &channel->alternative[i];
        if (alternative->before > DEPARTURES_MOST)
            continue;
        if (!campaign_push(channel->taken, alternative->before, &alternative->departure))
            campaign->stop = true;
    }
}

// Pops a schedule; waits while others may still push some. False when all is done.
static bool next_bounded(void) {
    for (;;) {
        campaign_lock();
        bool popped = campaign_pop(), over = !popped && campaign->busy == 0;
        if (popped)
            campaign->busy++;
        campaign_unlock();
        if (popped || over || campaign->stop)
            return popped;
        usleep(50);
    }
}

static void work_bounded(void) {
    struct attempt attempt;
    bool go_on = true;
    while (go_on) {
        campaign_plan(strategy_named("bounded"), 0);
        channel->plan.bound = bound;
        channel->plan.alternatives = true;
        channel->plan.reduction = settings.reduction;
        if (!next_bounded())
            return;
        go_on = campaign_attempt(&attempt);
        campaign_lock();
        push_alternatives();
        campaign->by_bound[bound] += attempt.end != END_PRUNED;
        campaign->busy--;
        campaign_unlock();
        go_on = go_on && !(campaign->strong && bound > 0);
    }
}

static const char *const rotation[] = {"surw", "pos", "pct", "random"};

static void work_random(void) {
    struct attempt attempt;
    bool fixed = strcmp(settings.strategy, "auto") != 0;
    do {
        uint64_t index = atomic_fetch_add(next_seed, 1);
        campaign_plan(strategy_named(fixed ? settings.strategy : rotation[index % 4]),
                      settings.seed * 1000003 + index);
    } while (campaign_attempt(&attempt) && !campaign->strong);
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

static void explore_bounded(double seconds) {
    campaign->deadline = campaign_now() + seconds;
    for (bound = 0; bound <= settings.preemptions && bound < BOUNDS_MOST; bound++) {
        campaign_clear();
        history_clear();
        campaign->beyond_bound = false;
        campaign_push(channel->given, 0, NULL);
        workers_run(settings.jobs, start_program, work_bounded);
        if (campaign->stop || campaign->strong || campaign->stack_used || campaign->busy)
            return;
        campaign->bounds_done = bound + 1;
        campaign->exhausted = !campaign->beyond_bound && !campaign->cut;
        if (campaign->exhausted)
            return;
    }
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
    bool all = strcmp(settings.strategy, "auto") == 0;
    double end = campaign_now() + settings.seconds;
    campaign->deadline = end;
    run_default();
    if (!campaign->stop && (all || strcmp(settings.strategy, "bounded") == 0))
        explore_bounded(all ? settings.seconds / 2 : settings.seconds);
    campaign->deadline = end;
    bool done = campaign->stop || campaign->exhausted || campaign->strong;
    if (!done && (all || strategy_named(settings.strategy)->random))
        workers_run(settings.jobs, start_program, work_random);
    if (campaign->findings && settings.rarity)
        measure_rarity();
}

static const char *replay(void) {
    struct attempt attempt;
    campaign_plan(strategy_named("bounded"), 0);
    const char *problem = spell_read(settings.schedule);
    channel->plan.spurious = UINT32_MAX;
    channel->plan.trace = true;
    if (!problem)
        campaign_attempt(&attempt);
    return problem;
}

static const char *prepare(const char *path) {
    const char *problem = settings_read(path);
    if (problem)
        return problem;
    if (arena_open() != 0 || history_open() != 0 || stacks_open() != 0)
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
    if (!problem && strcmp(settings.strategy, "replay") == 0)
        problem = replay();
    else if (!problem)
        explore();
    summary_write(problem);
    _exit(0);
}
