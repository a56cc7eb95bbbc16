#include "listing.h"

#include "campaign.h"
#include "settings.h"

#include <stdio.h>
#include <string.h>

static void write_evidence(FILE *out) {
    const char *at = channel->evidence;
    uint32_t length = channel->outcome.evidence;
    const char *end = at + (length < EVIDENCE_MOST ? length : EVIDENCE_MOST), *comma = "";
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t here = (size_t)((stop ? stop : end) - at);
        fprintf(out, "%s%.*s", comma, (int)here, at);
        comma = ",";
        at += here + 1;
    }
}

static void write_line(FILE *out, const struct attempt *attempt) {
    static const char *const ends[] = {
        [END_NONE] = "died",     [END_EXIT] = "exit", [END_FAULT] = "fault",
        [END_PRUNED] = "pruned", [END_CUT] = "cut",   [END_UNAVAILABLE] = "unavailable",
        [END_ASKS] = "asks"};
    fprintf(out, "{\"seed\":%lu,\"end\":\"%s\",\"operations\":%lu,\"said\":[",
            (unsigned long)channel->plan.seed, ends[attempt->end],
            (unsigned long)channel->outcome.steps);
    write_evidence(out);
    fprintf(out, "]}\n");
    fflush(out); // nothing is left for the process of the next attempt to write
}

void listing_write(void) {
    struct attempt attempt;
    FILE *out = fopen(settings.report, "we");
    double end = campaign_now() + settings.seconds;
    bool go_on = out != NULL;
    for (uint64_t seed = 1; go_on && seed <= settings.schedules && campaign_now() < end; seed++) {
        campaign_plan(strategy_named("random"), seed);
        attempt_run(&attempt);
        write_line(out, &attempt);
        go_on = !attempt.too_long && attempt.end != END_UNAVAILABLE; // the others would do so too
    }
    if (out)
        fclose(out);
}
