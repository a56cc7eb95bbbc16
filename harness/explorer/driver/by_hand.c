#include "by_hand.h"

#include "campaign.h"
#include "settings.h"
#include "spell.h"
#include "summary.h"
#include "verdict.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { OUTPUT_SHOWN = 64 << 10, ERRORS_SHOWN = 4096 };

static struct attempt attempt;
static const char way_letters[] = {[WAY_GO] = '\0', [WAY_TIME_OUT] = 't', [WAY_SPURIOUS] = 's'};

// "2*3": thread 2 goes on three times. "1t": by its time-out.
static bool read_move(const char **at) {
    struct plan *plan = &channel->plan;
    char *end;
    if (!isdigit((unsigned char)**at))
        return false;
    unsigned long thread = strtoul(*at, &end, 10), times = 1;
    enum way way = *end == 't' ? WAY_TIME_OUT : *end == 's' ? WAY_SPURIOUS : WAY_GO;
    end += way != WAY_GO;
    if (*end == '*')
        times = strtoul(end + 1, &end, 10);
    if (thread > 0x3fff || times > DEPARTURES_MOST - plan->moves)
        return false;
    while (times--)
        channel->moves[plan->moves++] = (struct move){(uint16_t)thread & 0x3fff, way & 3};
    *at = end + (*end == ',');
    return *end == ',' || *end == '\0';
}

static const char *read_moves(const char *words) {
    while (*words)
        if (!read_move(&words))
            return "the moves are damaged";
    return NULL;
}

static const char *read_sites(const char *words) {
    struct plan *plan = &channel->plan;
    plan->sites = 0;
    while (*words && plan->sites < SITES_MOST) {
        char *end;
        plan->site[plan->sites++] = (uint32_t)strtoul(words, &end, 16);
        if (end == words || (*end && *end != ','))
            return "the accesses are damaged";
        words = end + (*end == ',');
    }
    return NULL;
}

const char *by_hand_run(void) {
    struct plan *plan = &channel->plan;
    campaign_plan(strategy_named("bounded"), 0);
    const char *problem = settings.schedule ? spell_read(settings.schedule)
                                            : read_sites(settings.sites ? settings.sites : "");
    if (!problem && !settings.schedule && settings.moves)
        problem = read_moves(settings.moves);
    if (problem)
        return problem;
    plan->hand = settings.schedule ? HAND_WORD : HAND_MOVES;
    plan->hand_thread = settings.next;
    plan->hand_way = settings.way <= WAY_SPURIOUS ? settings.way : WAY_GO;
    plan->hand_times = settings.times;
    plan->hand_each = settings.each;
    plan->to_fault = settings.to_fault;
    plan->spurious = UINT32_MAX;
    plan->trace = true;
    plan->slowest = 1; // what takes so much longer than this program did before is an endless loop
    campaign_attempt(&attempt);
    return NULL;
}

static void write_moves(FILE *out) {
    uint32_t count = channel->outcome.moves;
    const struct move *moves = channel->moved;
    fprintf(out, ",\"moves\":\"");
    for (uint32_t i = 0, run; i < count && i < DEPARTURES_MOST; i += run) {
        const char way[] = {way_letters[moves[i].way <= WAY_SPURIOUS ? moves[i].way : WAY_GO],
                            '\0'};
        for (run = 1; i + run < count && i + run < DEPARTURES_MOST &&
                      moves[i + run].thread == moves[i].thread &&
                      moves[i + run].way == moves[i].way;)
            run++;
        fprintf(out, "%s%u%s", i ? "," : "", moves[i].thread, way);
        if (run > 1)
            fprintf(out, "*%u", run);
    }
    fprintf(out, "\"");
}

static void write_quoted(FILE *out, const char *name, const char *bytes, size_t length,
                         size_t most) {
    size_t shown = length < most ? length : most, room = 6 * shown + 16;
    char *quoted = malloc(room);
    if (quoted) {
        verdict_quote(quoted, room, bytes, shown);
        fprintf(out, ",\"%s\":\"%s\"", name, quoted);
    }
    free(quoted);
}

static void write_word(FILE *out) {
    if (channel->outcome.departures <= DEPARTURES_MOST)
        summary_write_word(out, channel->taken, channel->outcome.departures, channel->plan.site,
                           channel->plan.sites);
}

static void write_question(FILE *out) {
    static const char mark[] = "{\"asks\"";
    uint32_t length = channel->outcome.evidence;
    const char *at = channel->evidence, *end = at + (length < EVIDENCE_MOST ? length : 0);
    fprintf(out, ",\"question\":");
    for (const char *stop; at < end; at = stop + 1) {
        stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop)
            break;
        if (strncmp(at, mark, sizeof mark - 1) == 0) {
            fprintf(out, "%.*s", (int)(stop - at), at);
            return;
        }
    }
    fprintf(out, "null");
}

void by_hand_write(FILE *out) {
    static const char *const ends[] = {[END_NONE] = "died",
                                       [END_EXIT] = "exit",
                                       [END_FAULT] = "fault",
                                       [END_PRUNED] = "pruned",
                                       [END_CUT] = "cut",
                                       [END_ASKS] = "asks",
                                       [END_UNAVAILABLE] = "unavailable"};
    fprintf(out, "{\"hand\":{\"end\":\"%s\",\"status\":%d,\"signal\":%d,\"expected\":%s",
            ends[attempt.end], channel->outcome.exit_status & 0xff, attempt.signal_number,
            verdict_expects(&attempt) ? "true" : "false");
    write_quoted(out, "output", attempt.output, attempt.output_length, OUTPUT_SHOWN);
    write_quoted(out, "errors", attempt.errors, attempt.errors_length, ERRORS_SHOWN);
    write_moves(out);
    write_word(out);
    write_question(out);
    summary_write_trace(out, 0);
    fprintf(out, "}}\n");
    for (uint32_t i = 0; i < campaign->findings; i++)
        if (!campaign->strong || !campaign->finding[i].weak)
            fprintf(out, "{\"finding\":%s}\n", campaign->finding[i].text);
}
