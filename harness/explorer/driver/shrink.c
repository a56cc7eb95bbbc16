#include "shrink.h"

#include "verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// What one shrinking may cost. The last limit is for schedules that end in an endless loop; all others
// stay far below it.
enum { ATTEMPTS = 1000, OPERATIONS = 5000000 };
static const int64_t PROCESSOR_NANOSECONDS = 10000000000;
static struct limits { int64_t attempts, operations, processor; } left;

// The memory that a fault is about, if it is about memory: its accesses belong into the trace.
static void watch_memory(const struct finding *finding) {
    static const char mark[] = "\"object\":{\"kind\":\"memory\",\"address\":";
    const char *at = strstr(finding->text, mark);
    unsigned long address;
    unsigned size;
    if (!at || sscanf(at + sizeof mark - 1, "%lu,\"size\":%u", &address, &size) != 2)
        return;
    channel->plan.watch = address;
    channel->plan.watch_size = size;
}

static void plan(const struct departure *departures, uint32_t count, const uint32_t *sites,
                 uint32_t site_count) {
    campaign_plan(strategy_named("bounded"), 0);
    channel->plan.spurious = UINT32_MAX;
    channel->plan.departures = count;
    channel->plan.sites = site_count;
    memcpy(channel->plan.site, sites, site_count * sizeof *sites);
    memcpy(channel->given, departures, count * sizeof *departures);
}

void shrink_plan(const struct departure *departures, uint32_t count, const uint32_t *sites,
                 uint32_t site_count) {
    plan(departures, count, sites, site_count);
    channel->plan.trace = true;
    if (campaign->findings)
        watch_memory(&campaign->finding[0]);
}

static void run(const struct finding *finding, struct attempt *attempt,
                const struct departure *departures, uint32_t count, bool trace) {
    plan(departures, count, finding->site, finding->sites);
    channel->plan.trace = trace;
    channel->plan.until = finding->key;
    if (trace)
        watch_memory(finding);
    attempt_run(attempt);
    left.attempts--;
    left.operations -= (int64_t)channel->outcome.steps;
    left.processor -= (int64_t)attempt->processor;
}

static bool may_go_on(void) {
    return left.attempts > 0 && left.operations > 0 && left.processor > 0;
}

// Does the schedule with these departures show the fault? Then the finding becomes it.
static bool still_fails(struct finding *finding, const struct departure *departures,
                        uint32_t count) {
    struct attempt attempt;
    run(finding, &attempt, departures, count, false);
    if (!verdict_shows(&attempt, finding->key))
        return false;
    verdict_renew(finding);
    finding->departure_count = channel->outcome.departures;
    finding->preemptions = channel->outcome.preemptions;
    finding->trace_hash = channel->outcome.trace_hash;
    memcpy(finding->departures, channel->taken,
           finding->departure_count * sizeof *finding->departures);
    return true;
}

static bool without(struct finding *finding, uint32_t from, uint32_t count) {
    static struct departure rest[DEPARTURES_MOST];
    uint32_t left = finding->departure_count - count;
    memcpy(rest, finding->departures, from * sizeof *rest);
    memcpy(rest + from, finding->departures + from + count, (left - from) * sizeof *rest);
    return still_fails(finding, rest, left);
}

void shrink(struct finding *finding) {
    left = (struct limits){ATTEMPTS, OPERATIONS, PROCESSOR_NANOSECONDS};
    if (!still_fails(finding, finding->departures, finding->departure_count))
        return;
    uint32_t chunk = finding->departure_count;
    while (chunk && may_go_on()) {
        bool removed = false;
        for (uint32_t from = finding->departure_count; from && may_go_on();) {
            uint32_t here = from < chunk ? from : chunk;
            from -= here;
            if (from + here > finding->departure_count)
                continue;
            if (without(finding, from, here))
                removed = true;
            if (from > finding->departure_count)
                from = finding->departure_count;
        }
        if (!removed || chunk > 1)
            chunk /= 2;
    }
}

bool shrink_confirm(struct finding *finding) {
    struct attempt attempt;
    run(finding, &attempt, finding->departures, finding->departure_count, true);
    if (!verdict_shows(&attempt, finding->key))
        return false;
    // Where an endless loop was left off is another place each time.
    return attempt.too_long || channel->outcome.trace_hash == finding->trace_hash;
}
