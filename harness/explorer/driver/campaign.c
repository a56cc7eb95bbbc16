#include "campaign.h"

#include "settings.h"
#include "verdict.h"

#include <errno.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

static const size_t stack_size = (size_t)1 << 30;
static const size_t departures_size =
    (size_t)FINDINGS_MOST * DEPARTURES_MOST * sizeof(struct departure);
static char *stack;                      // entries, each followed by its length
static struct departure *all_departures; // of the findings, one after the other
struct campaign *campaign;

static void *map_shared(size_t size) {
    return mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1,
                0);
}

const char *campaign_open(void) {
    campaign = map_shared(sizeof *campaign);
    stack = map_shared(stack_size);
    all_departures = map_shared(departures_size);
    return campaign == MAP_FAILED || stack == MAP_FAILED || all_departures == MAP_FAILED
               ? strerror(errno)
               : NULL;
}

void campaign_keep(void) {
    madvise(campaign, sizeof *campaign, MADV_DONTFORK);
    madvise(stack, stack_size, MADV_DONTFORK);
    madvise(all_departures, departures_size, MADV_DONTFORK);
}

static unsigned worker;

void campaign_be_worker(unsigned index) {
    worker = index < WORKERS_MOST ? index : WORKERS_MOST - 1;
}

// No challenge is answered twice, so what one schedule leaves behind is of no use to another.
static uint64_t challenge(void) {
    return (uint64_t)worker << 40 | campaign->proofs[worker].count;
}

static void enter_proof(const struct attempt *attempt) {
    if (attempt->end != END_EXIT || !channel->outcome.proof)
        return;
    campaign->proofs[worker].count++;
    campaign->proofs[worker].sum += channel->outcome.proof;
}

void campaign_lock(void) {
    while (atomic_exchange_explicit(&campaign->lock, 1, memory_order_acquire))
        sched_yield();
}

void campaign_unlock(void) {
    atomic_store_explicit(&campaign->lock, 0, memory_order_release);
}

double campaign_now(void) {
    if (settings.processor)
        return (double)campaign->used / 1e9;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

bool campaign_has_time(void) {
    if (campaign_now() < campaign->deadline)
        return true;
    campaign->cut_short = true;
    return false;
}

bool campaign_push(const struct departure *given, uint32_t count, const struct departure *last) {
    uint32_t all = count + (last != NULL);
    size_t bytes = all * sizeof *last;
    if (campaign->stack_used + bytes + sizeof count > stack_size)
        return false;
    char *at = stack + campaign->stack_used;
    memcpy(at, given, count * sizeof *given);
    if (last)
        memcpy(at + count * sizeof *last, last, sizeof *last);
    memcpy(at + bytes, &all, sizeof all);
    campaign->stack_used += bytes + sizeof all;
    return true;
}

bool campaign_pop(void) {
    uint32_t count;
    if (!campaign->stack_used)
        return false;
    memcpy(&count, stack + campaign->stack_used - sizeof count, sizeof count);
    campaign->stack_used -= sizeof count + count * sizeof(struct departure);
    memcpy(channel->given, stack + campaign->stack_used, count * sizeof(struct departure));
    channel->plan.departures = count;
    return true;
}

// Gives the pages back too.
void campaign_clear(void) {
    campaign->stack_used = 0;
    madvise(stack, stack_size, MADV_REMOVE);
}

// A schedule that is so much longer than the first one spins, and would use up the time of many.
static uint64_t most_steps(void) {
    uint64_t most = 100 * campaign->profile_steps + 20000;
    return campaign->profile_steps && most < settings.steps ? most : settings.steps;
}

void campaign_plan(const struct strategy *strategy, uint64_t seed) {
    struct plan *plan = &channel->plan;
    *plan = (struct plan){.strategy = strategy,
                          .seed = seed,
                          .challenge = challenge(),
                          .spurious = strategy->random ? seed % 4 == 3 : 1,
                          .most_steps = most_steps(),
                          .sites = campaign->sites,
                          .counts = campaign->counts,
                          .kin = campaign->kin,
                          .profile_steps = campaign->profile_steps,
                          .slowest = campaign->slowest};
    memcpy(plan->site, campaign->site, sizeof plan->site);
    memcpy(channel->profile, campaign->profile, plan->counts * sizeof channel->profile[0]);
    memcpy(channel->kin, campaign->family, plan->kin * sizeof channel->kin[0]);
}

struct finding *campaign_add_finding(uint64_t key) {
    if (campaign->findings == FINDINGS_MOST)
        return NULL;
    size_t index = campaign->findings++;
    struct finding *finding = &campaign->finding[index];
    finding->key = key;
    finding->departures = all_departures + index * DEPARTURES_MOST;
    return finding;
}

struct finding *campaign_finding(uint64_t key) {
    for (uint32_t i = 0; i < campaign->findings; i++)
        if (campaign->finding[i].key == key)
            return &campaign->finding[i];
    return NULL;
}

bool campaign_attempt(struct attempt *attempt) {
    uint64_t number = atomic_fetch_add(&campaign->started, 1) + 1;
    attempt_run(attempt);
    const struct outcome *outcome = &channel->outcome;
    atomic_fetch_add(&campaign->steps, outcome->steps);
    atomic_fetch_add(&campaign->used, attempt->processor);
    if (attempt->end == END_PRUNED) {
        atomic_fetch_add(&campaign->pruned, 1);
    } else {
        atomic_fetch_add(&campaign->schedules, 1);
        atomic_fetch_add(&campaign->by_strategy[channel->plan.strategy - strategies], 1);
        if (attempt->end == END_CUT)
            atomic_fetch_add(&campaign->cut, 1);
        campaign_lock();
        verdict_enter(attempt, number);
        enter_proof(attempt);
        sample_consider(attempt, number);
        if (outcome->steps > campaign->longest)
            campaign->longest = outcome->steps;
        if (attempt->end == END_EXIT && attempt->processor >= campaign->slowest)
            campaign->slowest = attempt->processor + 1;
        if (outcome->threads > campaign->threads)
            campaign->threads = outcome->threads;
        campaign_unlock();
    }
    if (outcome->beyond_bound)
        campaign->beyond_bound = true;
    // Every schedule that takes so long takes the time of all others.
    if (attempt->too_long || campaign->unavailable[0] ||
        (settings.stop_at_fault && campaign->strong))
        campaign->stop = true;
    return !campaign->stop && campaign->started < settings.schedules && campaign_has_time();
}
