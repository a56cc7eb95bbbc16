#include "summary.h"

#include "../linked/proof.h"
#include "by_hand.h"
#include "campaign.h"
#include "settings.h"
#include "shrink.h"
#include "spell.h"
#include "verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern const char image[] __asm__("__executable_start");

enum { WORD_ROOM = 1 << 20 };

void summary_write_trace(FILE *out, uint64_t key) {
    const char *at = channel->evidence;
    uint32_t length = channel->outcome.evidence;
    const char *end = at + (length < EVIDENCE_MOST ? length : EVIDENCE_MOST), *comma = "";
    char mark[32];
    int mark_length = snprintf(mark, sizeof mark, "\"key\":\"%016lx\"", (unsigned long)key);
    fprintf(out, ",\"trace\":[");
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t here = (size_t)((stop ? stop : end) - at);
        if (evidence_is_trace(at)) {
            fprintf(out, "%s%.*s", comma, (int)here, at);
            comma = ",";
        } else if (memmem(at, here, mark, (size_t)mark_length)) {
            break;
        }
        at += here + 1;
    }
    fprintf(out, "]");
}

void summary_write_word(FILE *out, const struct departure *departures, uint32_t count,
                        const uint32_t *sites, uint32_t site_count) {
    char *word = malloc(WORD_ROOM);
    if (word && spell_write(word, WORD_ROOM, departures, count, sites, site_count) < WORD_ROOM)
        fprintf(out, ",\"schedule\":\"%s\"", word);
    free(word);
}

static void write_finding(FILE *out, struct finding *finding) {
    uint64_t measured = campaign->measured;
    fflush(out); // nothing is left for the processes of the attempts to write
    if (settings.shrink && !settings.schedule)
        shrink(finding);
    bool confirmed = shrink_confirm(finding);
    fprintf(out, "{\"finding\":%s", finding->text);
    summary_write_word(out, finding->departures, finding->departure_count, finding->site,
                       finding->sites);
    fprintf(out,
            ",\"preemptions\":%u,\"found_by\":\"%s\",\"schedules\":%lu,\"hits\":%lu,"
            "\"measured\":%lu,\"confirmed\":%s",
            finding->preemptions, finding->strategy->name, (unsigned long)finding->schedules,
            (unsigned long)finding->hits, (unsigned long)measured, confirmed ? "true" : "false");
    summary_write_trace(out, finding->key);
    fprintf(out, "}\n");
}

static void write_findings(FILE *out) {
    for (uint32_t i = 0; i < campaign->findings; i++)
        // What may follow from another fault is left out.
        if (!campaign->strong || !campaign->finding[i].weak)
            write_finding(out, &campaign->finding[i]);
    if (settings.schedule && !campaign->findings) {
        fprintf(out, "{\"replay\":true");
        summary_write_trace(out, 0);
        fprintf(out, "}\n");
    }
}

static void write_sites(FILE *out) {
    fprintf(out, "{\"sites\":\"");
    for (uint32_t i = 0; i < campaign->sites; i++)
        fprintf(out, "%s%x", i ? "," : "", campaign->site[i]);
    fprintf(out, "\"}\n");
}

static void write_endings(FILE *out) {
    static char quoted[8 * OUTCOME_TEXT];
    for (uint32_t i = 0; i < campaign->endings; i++) {
        const struct ending *ending = &campaign->ending[i];
        verdict_quote(quoted, sizeof quoted, ending->text, ending->length);
        fprintf(out, "{\"ending\":\"%s\",\"status\":%d,\"times\":%lu}\n", quoted,
                ending->exit_status, (unsigned long)ending->times);
    }
}

// What the harness, which alone can, is to compare: [worker, count, "sum"] of each.
static void write_proofs(FILE *out) {
    const char *comma = "";
    fprintf(out, ",\"proofs\":[");
    for (unsigned i = 0; i < WORKERS_MOST; i++) {
        const struct proofs *proofs = &campaign->proofs[i];
        if (!proofs->count)
            continue;
        fprintf(out, "%s[%u,%lu,\"%016lx\"]", comma, i, (unsigned long)proofs->count,
                (unsigned long)proofs->sum);
        comma = ",";
    }
    fprintf(out, "]");
}

static void write_summary(FILE *out) {
    fprintf(
        out,
        "{\"summary\":{\"schedules\":%lu,\"pruned\":%lu,\"cut\":%lu,\"operations\":%lu,"
        "\"longest\":%lu,\"threads\":%u,\"bounds_done\":%u,\"exhaustive\":%s,\"endings_lost\":%lu,"
        "\"out_of_time\":%s",
        (unsigned long)campaign->schedules, (unsigned long)campaign->pruned,
        (unsigned long)campaign->cut, (unsigned long)campaign->steps,
        (unsigned long)campaign->longest, campaign->threads, campaign->bounds_done,
        campaign->exhausted ? "true" : "false", (unsigned long)campaign->endings_lost,
        settings.processor && campaign->cut_short ? "true" : "false");
    fprintf(out, ",\"by_bound\":[");
    for (unsigned i = 0; i < campaign->bounds_done; i++)
        fprintf(out, "%s%lu", i ? "," : "", (unsigned long)campaign->by_bound[i]);
    fprintf(out, "],\"by_strategy\":{");
    for (unsigned i = 0; i < strategy_count; i++)
        fprintf(out, "%s\"%s\":%lu", i ? "," : "", strategies[i].name,
                (unsigned long)campaign->by_strategy[i]);
    fprintf(out, "}");
    write_proofs(out);
    if (settings.repeat > 1)
        fprintf(out, ",\"repeated\":%u,\"same\":%lu", settings.repeat,
                (unsigned long)campaign->same);
    fprintf(out, "}}\n");
}

// The file can be reached by the processes of the schedules, too; the standard output, on which this says
// what the file must hold, is not theirs.
static void write_file(const char *bytes, size_t length) {
    const struct proof_key nobody = {{0, 0}};
    FILE *file = fopen(settings.report, "we");
    if (!file)
        return;
    bool ok = fwrite(bytes, 1, length, file) == length;
    if (fclose(file) == 0 && ok)
        dprintf(STDOUT_FILENO, "explored %016lx\n",
                (unsigned long)proof_hash(nobody, bytes, length));
}

void summary_write(const char *problem) {
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    if (!out)
        return;
    fprintf(out, "{\"anchor\":%lu}\n", (unsigned long)(uintptr_t)image);
    if (problem)
        fprintf(out, "{\"failed\":\"%s\"%s}\n", problem,
                problem == spell_of_another_build ? ",\"outdated\":true" : "");
    if (campaign && !problem) {
        if (strcmp(settings.strategy, "hand") == 0)
            by_hand_write(out);
        else if (strcmp(settings.strategy, "survey") == 0)
            write_sites(out);
        else
            write_findings(out);
        sample_write(out);
        write_endings(out);
        if (campaign->unavailable[0])
            fprintf(out, "%s\n", campaign->unavailable);
        write_summary(out);
    }
    if (fclose(out) == 0)
        write_file(bytes, length);
    free(bytes);
}
