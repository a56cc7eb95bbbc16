#include "sample.h"

#include "campaign.h"
#include "settings.h"
#include "shrink.h"
#include "summary.h"
#include "verdict.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS_SHOWN = 40000 }; // of all samples together

static bool has(const struct pool *pool, uint64_t trace_hash) {
    for (uint32_t i = 0; i < pool->count; i++)
        if (pool->samples[i].trace_hash == trace_hash)
            return true;
    return false;
}

static void thin(struct pool *pool) {
    for (uint32_t i = 0; i < pool->count / 2; i++)
        pool->samples[i] = pool->samples[2 * i];
    pool->count /= 2;
    pool->apart *= 2;
}

static void keep(struct sample *sample, uint64_t number) {
    const struct outcome *outcome = &channel->outcome;
    sample->number = number;
    sample->trace_hash = outcome->trace_hash;
    sample->steps = outcome->steps;
    sample->departure_count = outcome->departures;
    sample->sites = channel->plan.sites;
    memcpy(sample->site, channel->plan.site, sizeof sample->site);
    memcpy(sample->departures, channel->taken, outcome->departures * sizeof sample->departures[0]);
}

static bool can_be_shown(const struct attempt *attempt) {
    return settings.samples && attempt->end != END_UNAVAILABLE && !attempt->too_long &&
           channel->outcome.departures <= SAMPLE_DEPARTURES && channel->plan.sites <= SITES_MOST;
}

void sample_consider(const struct attempt *attempt, uint64_t number) {
    if (!can_be_shown(attempt))
        return;
    bool passes = strcmp(verdict_word(attempt), "clean") == 0;
    struct pool *pool = passes ? &campaign->passing : &campaign->failing;
    if (!pool->apart)
        pool->apart = 1;
    if (has(pool, channel->outcome.trace_hash) || pool->seen++ % pool->apart)
        return;
    if (pool->count == SAMPLES_MOST)
        thin(pool);
    keep(&pool->samples[pool->count++], number);
}

// Which are shown

static uint32_t least(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

static int by_number(const void *a, const void *b) {
    const struct sample *const *first = a, *const *second = b;
    return ((*first)->number > (*second)->number) - ((*first)->number < (*second)->number);
}

// Half of them failing, if there are enough of both, and of each kind from all of the exploration. Returns
// how many.
static uint32_t pick(const struct sample *picked[SAMPLES_MOST]) {
    const struct pool *passing = &campaign->passing, *failing = &campaign->failing;
    uint32_t all = least(settings.samples, SAMPLES_MOST), count = 0;
    uint32_t fail = least(failing->count, (all + 1) / 2), pass = least(passing->count, all - fail);
    uint64_t steps = 0;
    fail = least(failing->count, all - pass);
    for (uint32_t i = 0; i < fail || i < pass; i++) {
        if (i < fail)
            picked[count++] = &failing->samples[i * failing->count / fail];
        if (i < pass)
            picked[count++] = &passing->samples[i * passing->count / pass];
    }
    uint32_t shown = 0;
    while (shown < count && (steps += picked[shown]->steps) <= STEPS_SHOWN)
        shown++;
    qsort(picked, shown, sizeof *picked, by_number);
    return shown;
}

static void write_one(FILE *out, const struct sample *sample) {
    struct attempt attempt;
    fflush(out); // nothing is left for the process of the attempt to write
    shrink_plan(sample->departures, sample->departure_count, sample->site, sample->sites);
    attempt_run(&attempt);
    if (attempt.end == END_UNAVAILABLE)
        return;
    const char *word = verdict_word(&attempt);
    bool cut = attempt.end == END_CUT && strcmp(word, "clean") == 0;
    fprintf(out, "{\"tried\":\"%s\"", cut ? "cut" : word);
    summary_write_word(out, sample->departures, sample->departure_count, sample->site,
                       sample->sites);
    summary_write_trace(out, 0);
    fprintf(out, "}\n");
}

void sample_write(FILE *out) {
    const struct sample *picked[SAMPLES_MOST];
    uint32_t count = settings.samples ? pick(picked) : 0;
    for (uint32_t i = 0; i < count; i++)
        write_one(out, picked[i]);
}
