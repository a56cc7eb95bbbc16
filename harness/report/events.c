#include "events.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>

struct telling {
    enum report_about about;
    const struct lesson *lesson;
    const struct verdict *certain; // to be faulty
};

static void tell(json_t *event) {
    json_dumpf(event, stdout, JSON_COMPACT);
    putchar('\n');
    fflush(stdout);
    json_decref(event);
}

static json_t *new_event(const char *name, const struct program *program) {
    return json_pack("{s:s, s:o}", "event", name, "program", json_of_text(program->name));
}

static json_t *report_text(const struct report *report) {
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out)
        return json_null();
    report_terminal(out, report);
    fclose(out);
    json_t *json = json_of_text(text);
    free(text);
    return json;
}

static json_t *schedule_of(const struct faults *faults) {
    for (size_t i = 0; i < faults->count; i++) {
        json_t *schedule = json_object_get(faults->items[i].exploration, "schedule");
        if (schedule)
            return json_incref(schedule);
    }
    return json_null();
}

static void compiled(const struct program *program) {
    tell(new_event("compiles", program));
}

// While others still run: the results that are in, compared on their own.
static struct verdict verdict_so_far(const struct verdict *verdict) {
    struct verdict copy = {.program = verdict->program, .compiled = verdict->compiled};
    for (size_t i = 0; i < verdict->result_count; i++) {
        const struct engine_result *result = &verdict->results[i];
        if (!result->reason)
            continue;
        struct engine_result *into = &copy.results[copy.result_count++];
        *into = *result;
        into->reason = string_copy(result->reason);
        into->exploration = json_incref(result->exploration);
        json_t *faults = faults_to_json(&result->faults), *notes = faults_to_json(&result->notes);
        into->faults = into->notes = (struct faults){0};
        faults_from_json(&into->faults, faults, engine_name);
        faults_from_json(&into->notes, notes, engine_name);
        json_decref(faults);
        json_decref(notes);
    }
    judge_compare(&copy);
    return copy;
}

static void judged(void *context, const struct verdict *verdict, const struct engine_result *result,
                   bool certain) {
    struct telling *telling = context;
    json_t *event = new_event("engine", verdict->program);
    json_object_set_new(event, "engine", json_string(result->engine->name));
    json_object_set_new(event, "outcome", json_string(outcome_words[result->outcome]));
    json_object_set_new(event, "schedule", schedule_of(&result->faults));
    tell(event);
    telling->certain = certain ? verdict : telling->certain;
    if (telling->certain != verdict)
        return;
    struct verdict known = verdict_so_far(verdict);
    const struct report report = {telling->about, telling->lesson, &known, 1, false};
    event = new_event("certain", verdict->program);
    json_object_set_new(event, "text", report_text(&report));
    tell(event);
    verdict_free(&known);
}

void events_begin(struct journey *journey, enum report_about about, const struct lesson *lesson) {
    static struct telling telling;
    telling = (struct telling){.about = about, .lesson = lesson};
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    journey->progress = NULL;
    journey->compiled = compiled;
    journey->judged = judged;
    journey->context = &telling;
}

void report_events(FILE *out, const struct report *report) {
    (void)out; // the events before went to standard output, too
    for (size_t i = 0; i < report->count; i++) {
        struct report one = *report;
        one.verdicts = &report->verdicts[i];
        one.count = 1;
        json_t *event = new_event("verdict", one.verdicts->program);
        json_object_set_new(event, "verdict", json_string(verdict_words[one.verdicts->word]));
        json_object_set_new(event, "text", report_text(&one));
        json_object_set_new(event, "schedule", schedule_of(&one.verdicts->faults));
        tell(event);
    }
}
