#include "verdict.h"

#include "campaign.h"
#include "exercise.h"
#include "settings.h"
#include "signals.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t hash_of(const char *bytes, size_t length) {
    uint64_t hash = 0xCBF29CE484222325ULL; // FNV-1a
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001B3ULL;
    return hash ^ hash >> 29;
}

// The same for any order of the lines.
static uint64_t hash_of_lines(const char *bytes, size_t length) {
    uint64_t sum = 0;
    for (size_t i = 0; i < length;) {
        const char *end = memchr(bytes + i, '\n', length - i);
        size_t here = end ? (size_t)(end - bytes) - i : length - i;
        sum += hash_of(bytes + i, here);
        i += here + 1;
    }
    return sum;
}

static bool is_expected(const char *bytes, size_t length) {
    if (!settings.expected)
        return true;
    if (settings.any_order)
        return hash_of_lines(bytes, length) ==
               hash_of_lines(settings.expected, settings.expected_length);
    return length == settings.expected_length && memcmp(bytes, settings.expected, length) == 0;
}

bool verdict_expects(const struct attempt *attempt) {
    return is_expected(attempt->output, attempt->output_length);
}

void verdict_quote(char *quoted, size_t room, const char *text, size_t length) {
    size_t used = 0;
    for (size_t i = 0; i < length && used + 8 < room; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\')
            used += (size_t)sprintf(quoted + used, "\\%c", c);
        else if (c < 0x20 || c >= 0x7f) // every byte as the character of its number
            used += (size_t)sprintf(quoted + used, "\\u%04x", c);
        else
            quoted[used++] = (char)c;
    }
    quoted[used] = '\0';
}

static const char weak_mark[] = ",\"weak\":1";
static uint64_t looked_for; // of verdict_shows; 0: enter what is found
static bool seen;
static char first_kind[32]; // of the attempt's faults
static bool first_is_weak;

enum { NO_KEY = 1 }; // of a fault: to look without entering

static void note_kind(const char *text, size_t length) {
    static const char mark[] = "{\"fault\":\"";
    bool weak = memmem(text, length, weak_mark, sizeof weak_mark - 1) != NULL;
    if (first_kind[0] && (weak || !first_is_weak))
        return;
    const char *kind = text + sizeof mark - 1;
    snprintf(first_kind, sizeof first_kind, "%.*s", (int)strcspn(kind, "\""), kind);
    first_is_weak = weak;
}

// What comes after the fault is not needed for it.
static uint32_t departures_before(const char *text, size_t length) {
    static const char mark[] = "\"departures\":";
    const char *at = memmem(text, length, mark, sizeof mark - 1);
    unsigned long before = at ? strtoul(at + sizeof mark - 1, NULL, 10) : UINT32_MAX;
    uint32_t all = channel->outcome.departures;
    return before < all ? (uint32_t)before : all;
}

static void found(uint64_t key, const char *text, size_t length, uint64_t number) {
    const struct outcome *outcome = &channel->outcome;
    note_kind(text, length);
    seen = seen || key == looked_for;
    if (looked_for)
        return;
    struct finding *finding = campaign_finding(key);
    if (finding) {
        finding->hits++;
        return;
    }
    finding = length < FINDING_TEXT ? campaign_add_finding(key) : NULL;
    if (!finding)
        return;
    finding->schedules = number;
    finding->hits = 1;
    finding->weak = memmem(text, length, weak_mark, sizeof weak_mark - 1) != NULL;
    finding->strategy = channel->plan.strategy;
    finding->preemptions = outcome->preemptions;
    finding->trace_hash = outcome->trace_hash;
    finding->sites = channel->plan.sites;
    memcpy(finding->site, channel->plan.site, sizeof finding->site);
    memcpy(finding->text, text, length);
    finding->text[length] = '\0';
    if (outcome->departures <= DEPARTURES_MOST)
        finding->departure_count = departures_before(text, length);
    memcpy(finding->departures, channel->taken,
           finding->departure_count * sizeof finding->departures[0]);
    campaign->strong += !finding->weak;
}

enum { LAST_ERRORS = 200 };

static void quote_errors(char *quoted, size_t room, const struct attempt *attempt) {
    size_t last = attempt->errors_length < LAST_ERRORS ? attempt->errors_length : LAST_ERRORS;
    verdict_quote(quoted, room, attempt->errors + attempt->errors_length - last, last);
}

// A crash that the runtime wrote, with what the program said last, which the runtime does not see.
static void found_crash(uint64_t key, const char *text, size_t length,
                        const struct attempt *attempt, uint64_t number) {
    static char whole[FINDING_TEXT], errors[8 * LAST_ERRORS];
    quote_errors(errors, sizeof errors, attempt);
    int all =
        snprintf(whole, sizeof whole, "%.*s,\"errors\":\"%s\"}", (int)(length - 1), text, errors);
    if (all > 0 && (size_t)all < sizeof whole)
        found(key, whole, (size_t)all, number);
}

void verdict_renew(struct finding *finding) {
    static const char start[] = "{\"fault\"", crash[] = "{\"fault\":\"crash\"";
    const char *at = channel->evidence;
    uint32_t length = channel->outcome.evidence;
    const char *end = at + (length < EVIDENCE_MOST ? length : EVIDENCE_MOST);
    char mark[32];
    int mark_length =
        snprintf(mark, sizeof mark, "\"key\":\"%016lx\"", (unsigned long)finding->key);
    for (size_t here; at < end; at += here + 1) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        here = (size_t)((stop ? stop : end) - at);
        if (here >= FINDING_TEXT || strncmp(at, start, sizeof start - 1) != 0 ||
            strncmp(at, crash, sizeof crash - 1) == 0 || // it has last words besides
            !memmem(at, here, mark, (size_t)mark_length))
            continue;
        memcpy(finding->text, at, here);
        finding->text[here] = '\0';
        return;
    }
}

// The faults and refusals that the runtime wrote, a line each.
static unsigned enter_evidence(const struct attempt *attempt, uint64_t number) {
    static const char key_mark[] = "\"key\":\"", crash_mark[] = "{\"fault\":\"crash\"";
    const char *at = channel->evidence;
    uint32_t length = channel->outcome.evidence;
    const char *end = at + (length < EVIDENCE_MOST ? length : EVIDENCE_MOST);
    unsigned faults = 0;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t here = (size_t)((stop ? stop : end) - at);
        const char *key = memmem(at, here, key_mark, sizeof key_mark - 1);
        if (strncmp(at, "{\"fault\"", 8) == 0 && key) {
            uint64_t fault = strtoull(key + sizeof key_mark - 1, NULL, 16);
            if (strncmp(at, crash_mark, sizeof crash_mark - 1) == 0)
                found_crash(fault, at, here, attempt, number);
            else
                found(fault, at, here, number);
            faults += memmem(at, here, weak_mark, sizeof weak_mark - 1) == NULL;
        } else if (strncmp(at, "{\"unavailable\"", 14) == 0 && !campaign->unavailable[0] &&
                   here < sizeof campaign->unavailable) {
            memcpy(campaign->unavailable, at, here);
            campaign->unavailable[here] = '\0';
        }
        at += here + 1;
    }
    return faults;
}

// `more` members of the JSON object, each with its comma.
static void found_by_end_with(const char *kind, uint64_t detail, const char *more,
                              const struct attempt *attempt, uint64_t number) {
    enum { SHOWN = 4096 };
    static char text[8 * SHOWN], output[6 * SHOWN], errors[8 * LAST_ERRORS];
    size_t shown = attempt->output_length < SHOWN / 1 ? attempt->output_length : SHOWN;
    verdict_quote(output, sizeof output, attempt->output, shown);
    quote_errors(errors, sizeof errors, attempt);
    uint64_t key = hash_of(kind, strlen(kind)) + detail;
    int length = snprintf(text, sizeof text,
                          "{\"fault\":\"%s\",\"detail\":%lu%s,\"output\":\"%s\",\"errors\":\"%s\","
                          "\"key\":\"%016lx\"}",
                          kind, (unsigned long)detail, more, output, errors, (unsigned long)key);
    if (length > 0 && (size_t)length < sizeof text)
        found(key, text, (size_t)length, number);
}

static void found_by_end(const char *kind, uint64_t detail, const struct attempt *attempt,
                         uint64_t number) {
    found_by_end_with(kind, detail, "", attempt, number);
}

// It left by a way that no program takes by itself, or without its driver's proof.
static void found_left(const struct attempt *attempt, uint64_t number) {
    const char *how = exercise_is_driven() ? ",\"early\":1" : ",\"unseen\":1";
    found_by_end_with("wrong-exit", 0, how, attempt, number);
}

static void enter_ending(const struct attempt *attempt) {
    int status = channel->outcome.exit_status;
    uint64_t hash = hash_of(attempt->output, attempt->output_length) + (uint64_t)status;
    for (uint32_t i = 0; i < campaign->endings; i++)
        if (campaign->ending[i].hash == hash) {
            campaign->ending[i].times++;
            return;
        }
    if (campaign->endings == OUTCOMES_MOST) {
        campaign->endings_lost++;
        return;
    }
    struct ending *ending = &campaign->ending[campaign->endings++];
    size_t length = attempt->output_length < OUTCOME_TEXT ? attempt->output_length : OUTCOME_TEXT;
    *ending = (struct ending){hash, 1, status, (uint32_t)length, {0}};
    memcpy(ending->text, attempt->output, length);
}

static void enter_sites(void) {
    const struct outcome *outcome = &channel->outcome;
    for (uint32_t i = 0; i < outcome->sites && i < SITES_MOST; i++) {
        bool known = false;
        for (uint32_t k = 0; k < campaign->sites; k++)
            known = known || campaign->site[k] == outcome->site[i];
        if (!known && campaign->sites < SITES_MOST)
            campaign->site[campaign->sites++] = outcome->site[i];
    }
}

// It was asked where it is, and could not answer.
static void enter_silence(const struct attempt *attempt, uint64_t number) {
    if (attempt->suspicion == SUSPECT_LOOP)
        found_by_end("timeout", 0, attempt, number);
    else if (!campaign->unavailable[0])
        snprintf(campaign->unavailable, sizeof campaign->unavailable,
                 "{\"failed\":\"the program %s\"}", suspicion_words[attempt->suspicion]);
}

static void look(const struct attempt *attempt, uint64_t number) {
    unsigned faults = enter_evidence(attempt, number);
    if (attempt->end == END_NONE && !faults && attempt->signal_number == SIGXFSZ)
        found_by_end("output-limit", 0, attempt, number);
    else if (attempt->end == END_NONE && !faults && attempt->too_long)
        enter_silence(attempt, number);
    else if (attempt->end == END_NONE && !faults && !attempt->signal_number)
        found_left(attempt, number);
    else if (attempt->end == END_NONE && !faults)
        found_by_end("crash", (uint64_t)attempt->signal_number, attempt, number);
    // What follows from a fault is not another one.
    if (attempt->end != END_EXIT || faults)
        return;
    if (channel->outcome.exit_status & 0xff)
        found_by_end("wrong-exit", channel->outcome.exit_status & 0xff, attempt, number);
    else if (exercise_is_driven() && !channel->outcome.proof)
        found_left(attempt, number);
    else if (!is_expected(attempt->output, attempt->output_length))
        found_by_end("wrong-output", 0, attempt, number);
}

const char *verdict_word(const struct attempt *attempt) {
    first_kind[0] = '\0';
    verdict_shows(attempt, NO_KEY);
    return first_kind[0] && !(first_is_weak && campaign->strong) ? first_kind : "clean";
}

void verdict_enter(const struct attempt *attempt, uint64_t number) {
    looked_for = 0;
    look(attempt, number);
    enter_sites();
    if (attempt->end == END_EXIT)
        enter_ending(attempt);
}

bool verdict_shows(const struct attempt *attempt, uint64_t key) {
    looked_for = key;
    seen = false;
    look(attempt, 0);
    looked_for = 0;
    return seen;
}
